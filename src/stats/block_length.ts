import { BARS_PER_DAY } from "../core/universe.ts";
import { autocovariances } from "./autocorrelation.ts";
import { isConstant } from "./constant.ts";
import { requireCount, requireFinite } from "./require.ts";

/** Block lengths, in bars, that minimise the error of the bootstrap variance of a mean. */
export interface BlockLengths {
  readonly stationary: number;
  readonly circular: number;
}

/**
 * Block length for a bootstrap of bar returns, in whole bars: the longest that the stationary rule gives for
 * the returns, their squares and their sizes (volatility is correlated longer than returns are), at least
 * one day.
 */
export function returnBlockLength(returns: ArrayLike<number>): number {
  const series = [returns, Float64Array.from(returns, (r) => r * r), Float64Array.from(returns, Math.abs)];
  return Math.max(BARS_PER_DAY, ...series.map((values) => Math.ceil(blockLengths(values).stationary)));
}

/**
 * Automatic block length of Politis and White with the correction of Patton, Politis and White: flat-top
 * lag window up to twice the lag from which max(5, log10 n) autocorrelations in a row lie within
 * 2 sqrt(log10 n / n). White noise gives lengths near 1; at most min(3 sqrt n, n / 3).
 * A series that never moves needs no blocks: 1.
 *
 * @throws {RangeError} If a value is not finite, or there are fewer than 20.
 * @see D. N. Politis, H. White, Econometric Reviews 23 (2004) 53; 28 (2009) 372.
 */
export function blockLengths(values: ArrayLike<number>): BlockLengths {
  requireCount(values, 20, "a block length");
  requireFinite(values, "a block length");
  if (isConstant(values)) return { stationary: 1, circular: 1 };
  const n = values.length;
  const run = Math.max(5, Math.floor(Math.log10(n)));
  const farthest = Math.min(n - 1, Math.ceil(Math.sqrt(n)) + run);
  const covariances = autocovariances(values, farthest);
  const window = Math.min(farthest, 2 * firstQuietLag(covariances, run, n));

  let slope = 0, longRun = covariances[0]!;
  for (let k = 1; k <= window; k++) {
    const weight = Math.min(1, 2 * (1 - k / window));
    slope += 2 * weight * k * covariances[k]!;
    longRun += 2 * weight * covariances[k]!;
  }
  const longest = Math.ceil(Math.min(3 * Math.sqrt(n), n / 3));
  const length = (spread: number) =>
    Math.min(longest, Math.max(1, Math.cbrt(((2 * slope * slope) / (spread * longRun * longRun)) * n)));
  return { stationary: length(2), circular: length(4 / 3) };
}

/**
 * The first lag of the first `run` insignificant autocorrelations in a row, as the authors' program has it
 * (their text takes the lag before it); the farthest lag if there is no such run.
 */
function firstQuietLag(covariances: Float64Array, run: number, n: number): number {
  const bound = 2 * Math.sqrt(Math.log10(n) / n) * covariances[0]!;
  let quiet = 0;
  for (let lag = 1; lag < covariances.length; lag++) {
    quiet = Math.abs(covariances[lag]!) < bound ? quiet + 1 : 0;
    if (quiet === run) return lag - run + 1;
  }
  return covariances.length - 1;
}
