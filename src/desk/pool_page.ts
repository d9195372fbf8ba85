/** One page of a pool: what each of its methods sees on the same bars, and what its checks say there. */
import type { Coin } from "../core/universe.ts";
import { displayed } from "../figures/displayed.ts";
import type { Figure } from "../figures/figure.ts";
import { seriesFigure } from "../figures/series.ts";
import { decimal } from "../figures/format.ts";
import type { Table } from "../figures/table.ts";
import { inventoryEntries, POOL_NAMES } from "../inventory/listing.ts";
import type { Method } from "../inventory/method.ts";
import { methodNamed, type PoolName, POOLS } from "../inventory/pools.ts";
import type { MixtureInput } from "../inventory/analyst/trends/mixture.ts";
import type { MethodSelection } from "../inventory/selection/select.ts";
import { selectReadings } from "../inventory/selection/selected_reading.ts";
import type { SelectionSettings } from "../inventory/selection/settings.ts";
import { verdictAt } from "../inventory/risk/checks/verdict.ts";
import type { Forecast } from "../inventory/researcher/forecast.ts";
import { PLAN, type Plan, PLAN_WIDTH } from "../simulation/plan.ts";
import { deskOf, team } from "./agents.ts";
import { coinAt } from "./columns.ts";
import { shown } from "../core/shown.ts";
import { requireMarket } from "./request_checks.ts";
import { requireKnown } from "../core/known_names.ts";
import type { Market } from "./market.ts";
import { marketSource } from "./market_summary.ts";
import { methodInputs } from "./method_inputs.ts";

/** What shows best what a pool's methods do: one series of a coin, and what it is. */
interface PoolSeries {
  readonly meaning: string;
  readonly read: (output: never, coin: number, input: never) => Float64Array;
}

const every = (values: Float64Array, rows: number, offset: number) =>
  Float64Array.from({ length: rows }, (_, row) => values[row * (values.length / rows) + offset]!);

const SHOWN: Readonly<Partial<Record<PoolName, PoolSeries>>> = {
  "analyst.features": {
    meaning: "the reading, positive where it speaks for a rise",
    read: (values: Float64Array) => values,
  },
  "analyst.trends": {
    meaning: "the share of the first reading in the trend",
    read: (values: Float64Array, _coin, { market }: MixtureInput) => every(values, market.panel.rows, 0),
  },
  "analyst.volatility": {
    meaning: "the sd of one bar's return, in %",
    read: (values: Float64Array) => values.map((sd) => 100 * sd),
  },
  "analyst.regimes": {
    meaning: "the probability of a bull market",
    read: (values: Float64Array) => every(values, values.length / 3, 0),
  },
  "researcher.forecasting": {
    meaning: "the expected return over the middle horizon, in %",
    read: ({ coins }: Forecast, coin) => coins[coin]!.mean[1]!.map((mean) => 100 * mean),
  },
  "trader.views": {
    meaning: "the return that is expected, in %",
    read: (values: Float64Array) => values.map((mean) => 100 * mean),
  },
  "trader.stances": {
    meaning: "how far the move under way is followed, from −1 to 1",
    read: ({ follow }: { readonly follow: Float64Array }) => follow,
  },
  "trader.styles": {
    meaning: "the wanted direction and strength, from −1 to 1",
    read: ({ rows, values }: Plan, coin) => every(values, rows, coin * PLAN_WIDTH + PLAN.conviction),
  },
  "trader.sizing": {
    meaning: "the share of a full position",
    read: (shares: readonly Float64Array[], coin) => shares[coin]!,
  },
  "risk.checks": {
    meaning: "the share of the leverage limit that is granted",
    read: ({ share }: { readonly share: Float64Array }) => share,
  },
};

/** Pools whose methods have a series to show; the others change distributions as a whole. */
export const SHOWN_POOLS: readonly PoolName[] = POOL_NAMES.filter((pool) => pool in SHOWN);

/**
 * What every method of a pool sees on the same bars of a coin: a small plot each, in the pipeline of default agents.
 *
 * @throws {RangeError} If the pool has nothing to show, or the market has no such coin.
 */
export function poolFigure(market: Market, pool: PoolName, coin: Coin): Figure {
  requireKnown("Cannot show a pool as its name", pool, SHOWN_POOLS);
  const index = coinAt(market, coin), pipeline = team(), desk = deskOf(market);
  const { meaning, read } = SHOWN[pool]!;
  const genes = { ...pipeline.trader!.genes, ...pipeline.risk!.genes };
  const series = inventoryEntries(pool).filter(({ needs }) => !needs.some(isToldOutside)).map(
    ({ key, summary }) => {
      const method = methodNamed(pool, key) as Method<unknown, unknown>;
      const input = methodInputs(desk, pipeline, index)[pool]();
      const output = method.run(input, { ...genes, ...method.start });
      return { label: key, note: summary, values: read(output as never, index, input as never) };
    },
  );
  return displayed({
    ...seriesFigure(series, market.panel.openTime, {
      title: `${pool} on ${coin}`,
      subtitle: marketSource(market),
      caption: `Each plot: ${meaning}. All read the same bars, in the pipeline of default agents.`,
      ownScales: pool === "researcher.forecasting" || pool === "trader.views",
    }),
    name: `pool-${pool.replace(".", "-")}`,
  });
}

const isToldOutside = (need: string) => need === "proposals" || need === "answers";

/**
 * What every risk check says to the default trader's plan at one row, with its reason.
 *
 * @param row An integer from 0 to `market.rows` - 1.
 * @throws {RangeError} If the market has no such row.
 */
export function verdictsTable(market: Market, row: number): Table {
  requireMarket(market);
  if (!(Number.isInteger(row) && row >= 0 && row < market.rows)) {
    throw new RangeError(
      `Cannot tell verdicts as the row must be an integer from 0 to ${market.rows - 1}: current value is ${
        shown(row)
      }`,
    );
  }
  const pipeline = team(), input = methodInputs(deskOf(market), pipeline, 0)["risk.checks"]();
  return displayed({
    name: "verdicts",
    title: `What ${Object.keys(POOLS["risk.checks"]).length} checks say at row ${row}`,
    caption:
      "Exposures are gross, over equity. The verdict is on the plan; the account's own rules come after it.",
    columns: [
      { label: "Check", align: "left", hint: "its key" },
      { label: "Verdict", align: "left", hint: "pass, soft_fail (less), hard_fail (nothing)" },
      { label: "Wanted", align: "right", hint: "gross exposure that the plan wants, over equity" },
      { label: "Granted", align: "right", hint: "the most that is allowed" },
      { label: "Reason", align: "left", hint: "for a person to read" },
    ],
    rows: Object.entries(POOLS["risk.checks"]).map(([key, check]) => {
      const { verdict, wanted, granted, reason } = verdictAt(check, input, check.start, row);
      return {
        cells: [key, verdict, decimal(wanted, 2), decimal(granted, 2), reason],
        strong: verdict !== "pass",
      };
    }),
  });
}

/** What an analyst that selects chose among the readings of a variant, and their keys. */
export interface ReadingChoices {
  /** Keys of the readings, in the order of the indices chosen. */
  readonly keys: readonly string[];
  /** Which reading stands at each row. */
  readonly selection: MethodSelection;
}

/** Lets an analyst select among its readings, one at a time; see docs/INVENTORY.md. */
export function readingChoices(
  market: Market,
  analyst: string,
  settings: Partial<SelectionSettings> = {},
): ReadingChoices {
  const pipeline = team({ analyst });
  const input = methodInputs(deskOf(market), pipeline, 0)["analyst.trends"]();
  return { keys: pipeline.analyst!.variant.identity.readings, selection: selectReadings(input, settings) };
}
