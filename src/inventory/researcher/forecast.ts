import { LEVELS } from "./distribution/levels.ts";
import {
  normalShape,
  probabilityAbove,
  quantileWriter,
  type Shape,
  stretchOf,
} from "./distribution/shape.ts";
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
  /** Levels of the quantiles, ascending; empty where none are written down. */
  readonly levels: readonly number[];
  /** One forecast a coin. */
  readonly coins: readonly CoinForecast[];
  /** What stands around the means; left out by methods that state quantiles alone. */
  readonly shapes?: ForecastShapes;
}

/** The forecast of one coin over one horizon; see `CoinForecast`. */
export interface HorizonForecast {
  /** Shape [rows]. */
  readonly mean: Float64Array;
  /** Shape [rows]. */
  readonly sd: Float64Array;
  /** Shape [rows]. */
  readonly pUp: Float64Array;
  /** Row-major [rows][levels]. */
  readonly quantiles: Float64Array;
}

/** The shapes of a forecast's distributions, by which `quantilesAt` states any row's. */
export interface ForecastShapes {
  /** Absolute number of the row at which the first stretch begins. */
  readonly firstRow: number;
  /** Rows of the forecast that lie before its row 0, where it has been cut. */
  readonly skipped: number;
  /** Of moves around the mean; [horizon]. */
  readonly byHorizon: readonly Shape[];
}

/** What a method says of one horizon, in units of sd times the root of the horizon. */
export interface Standardised {
  /** Where the distribution is centred; [coin][rows]. */
  readonly centre: readonly Float64Array[];
  /** By what it is wider than its shape, > 0; [coin][rows]. Null for 1 everywhere. */
  readonly spread: readonly Float64Array[] | null;
  /** Its shape around the centre. */
  readonly shape: Shape;
}

/**
 * The forecast of what a method says of each horizon: mean, sd and the probability of a rise of one and the same
 * distribution, centre + spread times shape, so that the probability is above one half exactly where the mean is above 0.
 */
export function assembleForecast(task: ForecastTask, said: readonly Standardised[]): Forecast {
  const { rows, horizons, levels, firstRow, stated = true } = task;
  const coins = task.returns.map((_, coin) => {
    const parts = said.map((part, j) => coinForecast(task, part, coin, horizons[j]!, stated ? levels : []));
    return {
      mean: parts.map(({ mean }) => mean),
      sd: parts.map(({ sd }) => sd),
      pUp: parts.map(({ pUp }) => pUp),
      quantiles: parts.map(({ quantiles }) => quantiles),
    };
  });
  const shapes = { firstRow, skipped: 0, byHorizon: said.map(({ shape }) => shape) };
  return { rows, horizons, levels, coins, shapes };
}

function coinForecast(
  { rows, firstRow, sd: barSds }: ForecastTask,
  { centre, spread, shape }: Standardised,
  coin: number,
  horizon: number,
  levels: readonly number[],
): HorizonForecast {
  const mean = new Float64Array(rows), sd = new Float64Array(rows), pUp = new Float64Array(rows);
  const quantiles = new Float64Array(rows * levels.length), write = quantileWriter(levels);
  const barSd = barSds[coin]!, centres = centre[coin]!, spreads = spread?.[coin], root = Math.sqrt(horizon);
  for (let t = 0; t < rows; t++) {
    const stretch = stretchOf(firstRow, t), unit = barSd[t]! * root, wide = spreads ? spreads[t]! : 1;
    const width = unit * wide;
    mean[t] = centres[t]! * unit;
    sd[t] = shape.sd[stretch]! * width;
    pUp[t] = probabilityAbove(shape, stretch, centres[t]! / wide);
    write(shape, stretch, mean[t]!, width, quantiles, t * levels.length);
  }
  return { mean, sd, pUp, quantiles };
}

const NORMAL = normalShape(1), writeDense = quantileWriter(LEVELS);

/**
 * Writes the quantiles at `LEVELS` of one coin over one horizon at one row to `out`; those of a normal distribution where a method gave
 * no shape.
 */
export function quantilesAt(
  { coins, shapes }: Forecast,
  coin: number,
  horizon: number,
  row: number,
  out: Float64Array,
): void {
  const mean = coins[coin]!.mean[horizon]![row]!, sd = coins[coin]!.sd[horizon]![row]!;
  const shape = shapes?.byHorizon[horizon] ?? NORMAL;
  const stretch = shapes ? stretchOf(shapes.firstRow, shapes.skipped + row) : 0;
  writeDense(shape, stretch, mean, sd / shape.sd[stretch]!, out, 0);
}
