/**
 * One market of the proof that selection learns: scratch methods are put into the inventory, of which one reads the planted
 * signal and the others noise, and an agent that selects runs over them.
 */
import * as z from "zod";
import { rng } from "../core/rng.ts";
import { ewmaVolatility, simpleReturns } from "../core/series.ts";
import { createMemo } from "../core/memo.ts";
import { type MarketView, viewMarket } from "../features/market_view.ts";
import { declareMethod, methodNamed, withdrawMethod } from "../inventory/pools.ts";
import { clipped } from "../inventory/analyst/features/reading.ts";
import { plainMethod } from "../inventory/method.ts";
import { normalShape, stretchCount } from "../inventory/researcher/distribution/shape.ts";
import { assembleForecast } from "../inventory/researcher/forecast.ts";
import type { ForecastingInput, ForecastingMethod } from "../inventory/researcher/forecasting/forecasting.ts";
import type { MethodSelection } from "../inventory/selection/select.ts";
import { densityMerits, selectingForecaster } from "../inventory/selection/selected_forecast.ts";
import { readingMerits, selectReadings } from "../inventory/selection/selected_reading.ts";
import type { SelectionSettings } from "../inventory/selection/settings.ts";
import { syntheticMarket } from "../market/synthetic/synthetic_market.ts";

/** Scratch methods of a pool. */
export const SCRATCH = 5;

const selectionSchema = z.strictObject({
  planted: z.int().nullable().describe("Index of the method that reads the signal; null where none does"),
  shares: z.array(z.number()).describe("Share of the choices, by method"),
  regret: z.array(z.number()).describe(
    "Merit per row lost against the method that reads the signal, by quarter of the rows; empty without one",
  ),
  pruned: z.array(z.strictObject({ method: z.int(), row: z.int(), cause: z.enum(["failing", "unused"]) })),
});
/** What an agent chose of one pool on one market. */
export type SelectionOutcome = Readonly<z.output<typeof selectionSchema>>;

/** One market: both pools that scratch methods are put into. */
export const selectionMarketSchema = z.strictObject({
  marketSeed: z.int(),
  mode: z.enum(["planted", "null"]),
  readings: selectionSchema,
  forecasters: selectionSchema,
});
/** Choices on one market. */
export type SelectionMarket = Readonly<z.output<typeof selectionMarketSchema>>;

/** What a market is made of, and how is chosen. */
export interface SelectionProofSettings {
  readonly rows: number;
  readonly ic: number;
  readonly selection: Partial<SelectionSettings>;
}

/** Runs the selecting analyst and researcher over one market. */
export function selectionMarket(
  marketSeed: number,
  mode: "planted" | "null",
  { rows, ic, selection }: SelectionProofSettings,
): SelectionMarket {
  const { panel, truth } = syntheticMarket({ seed: marketSeed, rows, mode, ic: mode === "planted" ? ic : 0 });
  const market = viewMarket(panel, createMemo(2 ** 26));
  const planted = mode === "planted" ? rng("scratch", marketSeed).int(SCRATCH) : null;
  /** What method k reads for the bar after row t, of about unit scale. */
  const said = panel.coins.map((_, coin) => {
    const scale = Math.sqrt(truth.m[coin]!.reduce((sum, x) => sum + x * x, 0) / rows);
    return Array.from({ length: SCRATCH }, (_, k) => {
      if (k === planted) return new Float64Array(rows).map((_, t) => (truth.m[coin]![t + 1] ?? 0) / scale);
      const noise = rng("scratch", marketSeed, k, coin);
      return new Float64Array(rows).map(() => noise.normal());
    });
  });
  return {
    marketSeed,
    mode,
    readings: chooseReadings(market, said, planted, selection),
    forecasters: chooseForecasters(market, said, planted, ic, selection),
  };
}

const KEYS = Array.from({ length: SCRATCH }, (_, k) => `scratch${k}`);

function chooseReadings(
  market: MarketView,
  said: readonly (readonly Float64Array[])[],
  planted: number | null,
  settings: Partial<SelectionSettings>,
): SelectionOutcome {
  const { rows } = market.panel;
  KEYS.forEach((key, k) =>
    declareMethod(
      "analyst.features",
      key,
      plainMethod("A scratch reading of the proof", ({ coin }) => clipped(rows, (t) => said[coin]![k]![t]!)),
    )
  );
  try {
    const readings = said.map((_, coin) =>
      KEYS.map((key) =>
        methodNamed("analyst.features", key).run({ market, coin, lookbacks: [14, 21, 50] }, {})
      )
    );
    const input = { market, readings, weights: KEYS.map(() => 1 / SCRATCH) };
    return outcomeOf(selectReadings(input, settings), readingMerits(input), planted);
  } finally {
    for (const key of KEYS) withdrawMethod("analyst.features", key);
  }
}

function chooseForecasters(
  { panel }: MarketView,
  said: readonly (readonly Float64Array[])[],
  planted: number | null,
  ic: number,
  settings: Partial<SelectionSettings>,
): SelectionOutcome {
  const { rows } = panel, returns = panel.coins.map(({ close }) => simpleReturns(close));
  const sd = returns.map((one) => ewmaVolatility(one, 0.97, 1e-5, 0.015));
  const shape = normalShape(stretchCount(panel.firstRow, rows));
  KEYS.forEach((key, k) =>
    declareMethod("researcher.forecasting", key, {
      ...plainMethod("A scratch forecaster of the proof", ({ task }: ForecastingInput) =>
        assembleForecast(
          task,
          task.horizons.map(() => ({
            centre: said.map((one) => one[k]!.map((value) => (ic || 0.1) * value)),
            spread: null,
            shape,
          })),
        )),
    })
  );
  try {
    const methods = Object.fromEntries(
      KEYS.map((key): [string, ForecastingMethod] => [key, methodNamed("researcher.forecasting", key)]),
    );
    const method = selectingForecaster(methods, settings);
    const task = {
      rows,
      firstRow: panel.firstRow,
      width: 0,
      design: returns.map(() => new Float64Array(0)),
      returns,
      sd,
      horizons: [1, 3, 6] as const,
      levels: [],
      widths: [shape, shape, shape],
      calibrationWindow: 60,
      shrinkage: 0,
      seedLabel: "selection",
    };
    const input: ForecastingInput = { task, calibrate: null, sample: null };
    const merits = KEYS.map((key) => densityMerits(methods[key]!.run(input, {}), returns));
    return outcomeOf(method.select(input, method.start), merits, planted);
  } finally {
    for (const key of KEYS) withdrawMethod("researcher.forecasting", key);
  }
}

const QUARTERS = 4;

function outcomeOf(
  { chosen, choices, pruned }: MethodSelection,
  merits: readonly Float64Array[],
  planted: number | null,
): SelectionOutcome {
  const counts = new Array<number>(SCRATCH).fill(0), regret = new Array<number>(QUARTERS).fill(0);
  for (const row of choices) counts[chosen[row]!]! += 1 / choices.length;
  const last = chosen.length - 1;
  for (let t = 0; planted !== null && t < last; t++) {
    const lost = merits[planted]![t + 1]! - merits[chosen[t]!]![t + 1]!;
    regret[Math.floor(QUARTERS * t / last)]! += lost * QUARTERS / last;
  }
  return {
    planted,
    shares: counts,
    regret: planted === null ? [] : regret,
    pruned: pruned.map(({ method, row, cause }) => ({ method, row, cause })),
  };
}
