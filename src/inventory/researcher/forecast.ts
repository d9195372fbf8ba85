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
  /** Rows of every series. */
  readonly rows: number;
  /** In bars, ascending. */
  readonly horizons: readonly [number, number, number];
  /** Levels of the quantiles, ascending. */
  readonly levels: readonly number[];
  /** One forecast a coin. */
  readonly coins: readonly CoinForecast[];
}

/** Quantiles that a method writes down a row: one for each level, none where nobody reads them. */
export function statedLevels({ levels, stated = true }: Pick<ForecastTask, "levels" | "stated">): number {
  return stated ? levels.length : 0;
}

/** A forecast of the task's shape, to be filled: zero everywhere. */
export function createForecast(task: ForecastTask): Forecast {
  const series = (width: number) => task.horizons.map(() => new Float64Array(task.rows * width));
  const coins = task.returns.map(() => ({
    mean: series(1),
    sd: series(1),
    pUp: series(1),
    quantiles: series(statedLevels(task)),
  }));
  return { rows: task.rows, horizons: task.horizons, levels: task.levels, coins };
}

/** The forecast of one coin over one horizon; see `CoinForecast`. */
export interface HorizonForecast {
  /** See CoinForecast; shape [rows]. */
  readonly mean: Float64Array;
  /** See CoinForecast; shape [rows]. */
  readonly sd: Float64Array;
  /** See CoinForecast; shape [rows]. */
  readonly pUp: Float64Array;
  /** See CoinForecast; row-major [rows][levels]. */
  readonly quantiles: Float64Array;
}

/** One coin over one horizon, to be filled: zero everywhere. */
export function createHorizonForecast(task: ForecastTask): HorizonForecast {
  const series = (width: number) => new Float64Array(task.rows * width);
  return { mean: series(1), sd: series(1), pUp: series(1), quantiles: series(statedLevels(task)) };
}

/** A forecast put together from its coins and horizons. */
export function assembleForecast(
  task: ForecastTask,
  part: (coin: number, horizon: number) => HorizonForecast,
): Forecast {
  const coins = task.returns.map((_, coin): CoinForecast => {
    const parts = task.horizons.map((_, horizon) => part(coin, horizon));
    return {
      mean: parts.map(({ mean }) => mean),
      sd: parts.map(({ sd }) => sd),
      pUp: parts.map(({ pUp }) => pUp),
      quantiles: parts.map(({ quantiles }) => quantiles),
    };
  });
  return { rows: task.rows, horizons: task.horizons, levels: task.levels, coins };
}
