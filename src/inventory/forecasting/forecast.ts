import type { ForecastTask } from "./task.ts";

/** A researcher's forecast of one coin; the outer index is the horizon. */
export interface CoinForecast {
  /** Expected simple return over the horizon; [horizon][rows]. */
  readonly mean: readonly Float64Array[];
  /** Standard deviation of the return over the horizon, > 0; [horizon][rows]. */
  readonly sd: readonly Float64Array[];
  /** Probability of a positive return, in [0, 1]; [horizon][rows]. */
  readonly pUp: readonly Float64Array[];
  /** Predictive quantiles at `levels`, non-decreasing along a row; [horizon], row-major [rows][levels]. */
  readonly quantiles: readonly Float64Array[];
}

/** A researcher's output: three horizons in bars, ascending. */
export interface Forecast {
  readonly rows: number;
  readonly horizons: readonly [number, number, number];
  readonly levels: readonly number[];
  readonly coins: readonly CoinForecast[];
}

/** A forecast of the task's shape, to be filled: zero everywhere. */
export function createForecast(task: ForecastTask): Forecast {
  const series = (width: number) => task.horizons.map(() => new Float64Array(task.rows * width));
  const coins = task.returns.map(() => ({
    mean: series(1),
    sd: series(1),
    pUp: series(1),
    quantiles: series(task.levels.length),
  }));
  return { rows: task.rows, horizons: task.horizons, levels: task.levels, coins };
}

/**
 * A forecasting method: a pure function of whole series. Value t of every output reads rows <= t only, and
 * the label of row s over h rows enters training at row s + h, never earlier.
 */
export type ForecastMethod<Params> = (task: ForecastTask, params: Params) => Forecast;
