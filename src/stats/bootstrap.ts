import { requireFinite, requireFraction, requireInteger } from "./require.ts";

/** Fills `out` with the row numbers of one resample of out.length rows. */
export type IndexStream = (out: Int32Array) => void;

/**
 * Stationary bootstrap: blocks of geometric length with mean `blockLength` from a series closed to a
 * circle. The same row numbers applied to several series keep their dependence.
 *
 * @param blockLength Mean block length in bars, >= 1; need not be an integer.
 * @param uniform Source of uniform numbers in (0, 1).
 * @see D. N. Politis, J. P. Romano, JASA 89 (1994) 1303.
 */
export function stationaryBootstrap(blockLength: number, uniform: () => number): IndexStream {
  if (!(blockLength >= 1)) {
    throw new RangeError(
      `Cannot resample blocks as their mean length must be >= 1: current value is ${blockLength}`,
    );
  }
  const restart = 1 / blockLength;
  return (out) => {
    const n = out.length;
    let at = Math.floor(uniform() * n);
    for (let i = 0; i < n; i++) {
      if (i > 0) at = uniform() < restart ? Math.floor(uniform() * n) : at + 1 === n ? 0 : at + 1;
      out[i] = at;
    }
  };
}

/**
 * Circular block bootstrap: blocks of `blockLength` rows from a series closed to a circle; the last block
 * is cut where the resample is full.
 *
 * @param blockLength An integer >= 1.
 * @see D. N. Politis, J. P. Romano, in Exploring the Limits of Bootstrap (1992) 263.
 */
export function circularBootstrap(blockLength: number, uniform: () => number): IndexStream {
  requireInteger(blockLength, 1, "the block length");
  return (out) => {
    const n = out.length;
    let at = 0;
    for (let i = 0; i < n; i++) {
      at = i % blockLength === 0 ? Math.floor(uniform() * n) : at + 1 === n ? 0 : at + 1;
      out[i] = at;
    }
  };
}

/** An interval of a statistic, in its unit. */
export interface Interval {
  readonly lower: number;
  readonly upper: number;
}

/**
 * The middle `confidence` share of resampled values, linear between order statistics.
 *
 * @throws {RangeError} If a draw is not finite: sorting would put it at the end unseen.
 */
export function percentileInterval(draws: ArrayLike<number>, confidence: number): Interval {
  requireFraction(confidence, "the confidence");
  requireFinite(draws, "an interval of resampled values");
  const sorted = Float64Array.from(draws).sort();
  const tail = (1 - confidence) / 2;
  return { lower: sortedQuantile(sorted, tail), upper: sortedQuantile(sorted, 1 - tail) };
}

/** Quantile of an ascending series, linear between order statistics (type 7 of Hyndman and Fan). */
export function sortedQuantile(sorted: Float64Array, level: number): number {
  const position = level * (sorted.length - 1);
  const below = Math.floor(position), share = position - below;
  const value = sorted[below]!;
  return share === 0 || !Number.isFinite(value) ? value : value + share * (sorted[below + 1]! - value);
}

/**
 * Values of a statistic on `count` resamples of the rows 0..n-1. Shape [count].
 *
 * @param statistic Reads the row numbers of one resample; it must not keep the array.
 */
export function resample(
  n: number,
  count: number,
  stream: IndexStream,
  statistic: (rows: Int32Array) => number,
): Float64Array {
  requireInteger(count, 1, "the number of resamples");
  const rows = new Int32Array(n);
  const out = new Float64Array(count);
  for (let draw = 0; draw < count; draw++) {
    stream(rows);
    out[draw] = statistic(rows);
  }
  return out;
}
