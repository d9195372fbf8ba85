/**
 * What a method of one's own must give, pool by pool: one walk over the numbers that it gave, at the boundary where it
 * is called. The house's own methods are held to the same by their contract suite, and are not walked at run time.
 */
import type { PoolName, Pools } from "../../inventory/pools.ts";
import { READING_LIMIT } from "../../inventory/analyst/features/reading.ts";
import { SHAPE_WIDTH, stretchStart } from "../../inventory/researcher/distribution/shape.ts";
import type { HorizonForecast } from "../../inventory/researcher/forecast.ts";
import type { ForecastTask } from "../../inventory/researcher/task.ts";
import { PLAN, PLAN_WIDTH } from "../../simulation/plan.ts";

type Input<Name extends PoolName> = Parameters<Pools[Name][string]["run"]>[0];
type Output<Name extends PoolName> = ReturnType<Pools[Name][string]["run"]>;

/** Which rule an output breaks, and where: row and index of the coin, where it has them. */
export interface BrokenRule {
  /** As "a reading must be a number in [-3, 3]". */
  readonly rule: string;
  /** What stands there. */
  readonly found: string;
  /** Row of the method's input, from 0. */
  readonly row?: number;
  /** Index of the coin. */
  readonly coin?: number;
}

/** The first rule that an output breaks; null if it breaks none. */
export type OutputRules = {
  readonly [Name in PoolName]: (output: Output<Name>, input: Input<Name>) => BrokenRule | null;
};

/** Wrong by the width of a sum of three rounded numbers, no more. */
const NEARLY = 1e-9;

/** Values of a series, row-major with `width` a row: its length, then each value. */
export function series(
  what: string,
  values: unknown,
  rows: number,
  range: string,
  allowed: (value: number) => boolean,
  { width = 1, coin }: { readonly width?: number; readonly coin?: number | undefined } = {},
): BrokenRule | null {
  const place = coin === undefined ? {} : { coin };
  if (!(values instanceof Float64Array)) {
    return { rule: `${what} must be a Float64Array`, found: kindOf(values), ...place };
  }
  if (values.length !== rows * width) {
    const rule = `${what} must have ${width === 1 ? "" : `${width} x `}${rows} values, ${width} for each row`;
    return { rule, found: `it has ${values.length}`, ...place };
  }
  for (let i = 0; i < values.length; i++) {
    if (allowed(values[i]!)) continue;
    return {
      rule: `${what} must be ${range}`,
      found: `it is ${values[i]}`,
      row: Math.floor(i / width),
      ...place,
    };
  }
  return null;
}

/** What stands where something else should. */
export function kindOf(value: unknown): string {
  if (value === null || value === undefined) return `it is ${value}`;
  return `it is ${typeof value === "object" ? `a ${value.constructor?.name ?? "object"}` : typeof value}`;
}

const finite = Number.isFinite;
const positive = (x: number) => x > 0 && x < Infinity;
const share = (x: number) => x >= 0 && x <= 1;
const someShare = (x: number) => x > 0 && x <= 1;

/** The first of several that is broken; later ones are not looked at. */
function first(...checks: readonly (() => BrokenRule | null)[]): BrokenRule | null {
  for (const check of checks) {
    const broken = check();
    if (broken) return broken;
  }
  return null;
}

const isObject = (value: unknown): value is object => typeof value === "object" && value !== null;
const shape = (what: string, value: unknown): BrokenRule | null =>
  isObject(value) ? null : { rule: what, found: kindOf(value) };

/** One coin over one horizon; quantiles may be left out where nobody reads them. */
function horizon(
  task: ForecastTask,
  { mean, sd, pUp, quantiles }: HorizonForecast,
  coin: number,
  label = "",
): BrokenRule | null {
  const { rows, levels, stated = true } = task, at = { coin };
  return first(
    () => series(`the mean${label}`, mean, rows, "a finite number", finite, at),
    () => series(`the sd${label}`, sd, rows, "a number above 0", positive, at),
    () => series(`the probability of a rise${label}`, pUp, rows, "in [0, 1]", share, at),
    () =>
      !stated && quantiles?.length === 0 ? null : quantilesOf(quantiles, rows, levels.length, label, coin),
  );
}

function quantilesOf(
  values: Float64Array,
  rows: number,
  width: number,
  label: string,
  coin?: number,
): BrokenRule | null {
  const what = `the quantiles${label}`, place = coin === undefined ? {} : { coin };
  const broken = series(what, values, rows, "finite numbers", finite, { width, coin });
  if (broken) return broken;
  for (let i = 1; i < values.length; i++) {
    if (i % width === 0 || values[i]! >= values[i - 1]!) continue;
    const found = `${values[i]} follows ${values[i - 1]}`;
    return { rule: `${what} must not fall from level to level`, found, row: Math.floor(i / width), ...place };
  }
  return null;
}

const PLAN_RULES: readonly (readonly [keyof typeof PLAN, string, (value: number) => boolean])[] = [
  ["conviction", "in [-1, 1]", (x) => x >= -1 && x <= 1],
  ["baseSize", "in [0, 1]", share],
  ["stop", "in [0, 1)", (x) => x >= 0 && x < 1],
  ["target", "a number >= 0", (x) => x >= 0 && x < Infinity],
  ["limitOffset", "in [0, 1)", (x) => x >= 0 && x < 1],
];
/** What is read only of rows that want a position. */
const WANTED_RULES: typeof PLAN_RULES = [
  ["leverage", "a number >= 1", (x) => x >= 1 && x < Infinity],
  ["riskPerTrade", "a number above 0, or Infinity for no limit", (x) => x > 0],
];

/** Values of a plan. */
export function planRule(values: unknown, rows: number, coins: number, nanKeeps = false): BrokenRule | null {
  const wrong = series("a plan's values", values, rows, "", () => true, { width: coins * PLAN_WIDTH });
  if (wrong) return wrong;
  const numbers = values as Float64Array;
  for (let at = 0; at < numbers.length; at += PLAN_WIDTH) {
    const conviction = numbers[at + PLAN.conviction]!;
    if (nanKeeps && Number.isNaN(conviction)) continue;
    for (const [name, range, allowed] of conviction === 0 ? PLAN_RULES : [...PLAN_RULES, ...WANTED_RULES]) {
      const value = numbers[at + PLAN[name]]!;
      if (allowed(value)) continue;
      const place = at / PLAN_WIDTH;
      return {
        rule: `a plan's ${name} must be ${range}`,
        found: `it is ${value}`,
        row: Math.floor(place / coins),
        coin: place % coins,
      };
    }
  }
  return null;
}

const carried = (end: unknown): BrokenRule | null =>
  Array.isArray(end) && end.every((x) => typeof x === "number")
    ? null
    : { rule: "end, what is carried from row to row, must be a list of numbers", found: kindOf(end) };

/** The rules of each pool. */
export const OUTPUT_RULES: OutputRules = {
  "analyst.features": (values, { market, coin }) =>
    series(
      "a reading",
      values,
      market.panel.rows,
      `a number in [-${READING_LIMIT}, ${READING_LIMIT}]`,
      (x) => Math.abs(x) <= READING_LIMIT,
      { coin },
    ),
  "analyst.trends": (values, { market, weights }) =>
    series("a reading's share in the trend", values, market.panel.rows, "in [0, 1]", share, {
      width: weights.length,
    }),
  "analyst.volatility": (values, { market, coin }) =>
    series("the sd of a bar", values, market.panel.rows, "a number above 0", positive, { coin }),
  "analyst.regimes": (values, { market, coin }) =>
    first(
      () =>
        series("a regime's probability", values, market.panel.rows, "in [0, 1]", share, { width: 3, coin }),
      () => {
        for (let at = 0; at < values.length; at += 3) {
          const sum = values[at]! + values[at + 1]! + values[at + 2]!;
          if (Math.abs(sum - 1) <= NEARLY) continue;
          const rule = "the probabilities of bull, bear and side must sum to 1";
          return { rule, found: `they sum to ${sum}`, row: at / 3, coin };
        }
        return null;
      },
    ),
  "researcher.forecasting": (forecast, { task }) => {
    const wrong = shape("a forecast must be an object of rows, horizons, levels and coins", forecast);
    if (wrong) return wrong;
    const { coins, horizons, rows } = forecast, asked = task.returns.length;
    if (rows !== task.rows) {
      return { rule: `a forecast's rows must be ${task.rows}`, found: `they are ${rows}` };
    }
    if (coins?.length !== asked) {
      return { rule: `a forecast must have ${asked} coins`, found: `it has ${coins?.length}` };
    }
    if (horizons?.join() !== task.horizons.join()) {
      return {
        rule: `a forecast's horizons must be ${task.horizons.join(", ")}`,
        found: `they are ${horizons}`,
      };
    }
    return first(
      ...coins.flatMap((one, coin) =>
        horizons.map((bars, h) => () =>
          horizon(
            task,
            { mean: one.mean?.[h]!, sd: one.sd?.[h]!, pUp: one.pUp?.[h]!, quantiles: one.quantiles?.[h]! },
            coin,
            ` over ${bars} bars`,
          )
        )
      ),
    );
  },
  "researcher.uncertainty": (sampler) => {
    const wrong = shape("a sampler must be an object of draws and sums", sampler);
    if (wrong) return wrong;
    if (!Number.isInteger(sampler.draws) || sampler.draws < 1) {
      return { rule: "a sampler's draws must be an integer >= 1", found: `they are ${sampler.draws}` };
    }
    return typeof sampler.sums === "function"
      ? null
      : { rule: "a sampler's sums must be a function", found: kindOf(sampler.sums) };
  },
  "researcher.calibration": (made, { task, shape: { sd } }) => {
    const broken = shape("a shape must be an object of sd and halfWidths", made) ?? first(
      () => series("the sd of a shape", made.sd, sd.length, "a number above 0", positive, {}),
      () => quantilesOf(made.halfWidths, sd.length, SHAPE_WIDTH, " (half-widths of a shape)"),
    );
    return broken?.row === undefined ? broken : { ...broken, row: stretchStart(task.firstRow, broken.row) };
  },
  "researcher.probabilities": (made, { said }) =>
    first(
      ...said.map(({ length }, coin) => () =>
        series("a probability of a rise", made?.[coin], length, "in [0, 1]", (p) => p >= 0 && p <= 1, {
          coin,
        })
      ),
    ),
  "trader.views": (values, { rows }) =>
    series("an expected return", values, rows, "a finite number", finite, { coin: 0 }),
  "trader.stances": (stance, { market }) =>
    shape("a stance must be an object of follow and size", stance) ?? first(
      () => series("follow", stance.follow, market.panel.rows, "in [-1, 1]", (x) => x >= -1 && x <= 1),
      () => series("size", stance.size, market.panel.rows, "in (0, 1]", someShare),
    ),
  "trader.styles": (plan, { forecast, coins }) =>
    shape("a plan must be an object of rows, coins, values and end", plan) ?? first(
      () =>
        plan.rows === forecast.rows && plan.coins === coins.length ? null : {
          rule: `a plan must be of ${forecast.rows} rows and ${coins.length} coins`,
          found: `it is of ${plan.rows} and ${plan.coins}`,
        },
      () => planRule(plan.values, forecast.rows, coins.length),
      () => carried(plan.end),
    ),
  "trader.sizing": (shares, { forecast }) =>
    first(
      ...forecast.coins.map((_, coin) => () =>
        series("the share of a full position", shares?.[coin], forecast.rows, "in [0, 1]", share, { coin })
      ),
    ),
  "risk.checks": (grant, { market }) =>
    shape("a grant must be an object of share and end", grant) ?? first(
      () => series("the share of the leverage limit", grant.share, market.panel.rows, "in (0, 1]", someShare),
      () => carried(grant.end),
    ),
};
