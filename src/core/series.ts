import { createSortedWindow } from "./sorted_window.ts";

/** Whole-series functions over Float64Array. Value i of every result reads values 0..i of its inputs only. */

/** Throws if `window` is not an integer >= least. */
export function requireWindow(window: number, least: number, what: string): void {
  if (!Number.isInteger(window) || window < least) {
    throw new RangeError(
      `Cannot compute ${what} as its window must be an integer >= ${least}: current value is ${window}`,
    );
  }
}

/** Simple returns x[i] / x[i-1] - 1; the first is 0. Shape [n]. */
export function simpleReturns(prices: Float64Array): Float64Array {
  const out = new Float64Array(prices.length);
  for (let i = 1; i < prices.length; i++) out[i] = prices[i]! / prices[i - 1]! - 1;
  return out;
}

/** Natural logarithm, value by value. */
export function logarithm(values: Float64Array): Float64Array {
  const out = new Float64Array(values.length);
  for (let i = 0; i < values.length; i++) out[i] = Math.log(values[i]!);
  return out;
}

/** x[i] - x[i-lag]; the first `lag` values are NaN. */
export function difference(values: Float64Array, lag: number): Float64Array {
  requireWindow(lag, 1, "a difference");
  const out = new Float64Array(values.length).fill(NaN);
  for (let i = lag; i < values.length; i++) out[i] = values[i]! - values[i - lag]!;
  return out;
}

/** Exponentially weighted mean with weight `alpha` in (0, 1] on the newest value, started at the first. NaN inputs carry the last mean on. */
export function ewma(values: Float64Array, alpha: number): Float64Array {
  const out = new Float64Array(values.length);
  let mean = NaN;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (Number.isNaN(mean)) mean = value;
    else if (!Number.isNaN(value)) mean += alpha * (value - mean);
    out[i] = mean;
  }
  return out;
}

/** The weight of a span in bars, as in an N-bar exponential moving average: 2 / (span + 1). */
export function spanWeight(span: number): number {
  return 2 / (span + 1);
}

/**
 * Exponentially weighted volatility of returns around 0: the root of v = decay v + (1 - decay) r^2, floored.
 *
 * @param start sd assumed before the first return; without it v_0 = r_0^2, which is 0 for a first return of 0
 *   and leaves the first rows far too calm.
 * @returns Shape [n], >= floor.
 */
export function ewmaVolatility(returns: Float64Array, decay = 0.97, floor = 1e-6, start = NaN): Float64Array {
  const out = new Float64Array(returns.length);
  let variance = start * start;
  for (let i = 0; i < returns.length; i++) {
    const square = returns[i]! * returns[i]!;
    variance = Number.isNaN(variance) ? square : decay * variance + (1 - decay) * square;
    out[i] = Math.max(Math.sqrt(variance), floor);
  }
  return out;
}

/**
 * Share of its largest value since it was last built below which a running total is built afresh. Rounding errors are
 * those of the largest value: at 1e-7 of it nine digits are left, and a value of 1e9 among ones leaves none.
 */
export const REBUILD_SHARE = 1e-7;

/** Mean and standard deviation (n - 1) over the last `window` values; NaN until there are as many. */
export interface RollingMoments {
  readonly mean: Float64Array;
  readonly sd: Float64Array;
}

/**
 * Rolling mean and standard deviation in one pass. Sums are taken of deviations from the first value and
 * rebuilt every `window` rows, which bounds the rounding error at price level, and about the window's own mean when
 * an outlier has left.
 */
export function rollingMoments(values: Float64Array, window: number): RollingMoments {
  requireWindow(window, 2, "rolling moments");
  const n = values.length;
  const mean = new Float64Array(n).fill(NaN, 0, window - 1);
  const sd = new Float64Array(n).fill(NaN, 0, window - 1);
  let shift = n > 0 ? values[0]! : 0, sum = 0, squares = 0, largest = 0, next = window;
  for (let i = 0; i < n; i++) {
    const due = i === next;
    if (due) next += window;
    let lost = false;
    if (!due) {
      const entering = values[i]! - shift;
      sum += entering;
      squares += entering * entering;
      if (i >= window) {
        const leaving = values[i - window]! - shift;
        sum -= leaving;
        squares -= leaving * leaving;
      }
      if (squares > largest) largest = squares;
      lost = i >= window - 1 && squares - sum * sum / window < REBUILD_SHARE * largest;
    }
    if (due || lost) {
      shift = due ? values[i]! : windowSum(values, i, window) / window;
      sum = 0;
      squares = 0;
      for (let k = i - window + 1; k <= i; k++) {
        const x = values[k]! - shift;
        sum += x;
        squares += x * x;
      }
      largest = squares;
    }
    if (i < window - 1) continue;
    mean[i] = shift + sum / window;
    sd[i] = Math.sqrt(Math.max(0, (squares - sum * sum / window) / (window - 1)));
  }
  return { mean, sd };
}

/** Plain sum of the `window` values up to row i. */
export function windowSum(values: Float64Array, i: number, window: number): number {
  let sum = 0;
  for (let k = i - window + 1; k <= i; k++) sum += values[k]!;
  return sum;
}

/** Rolling maximum over the last `window` values, none of them NaN; NaN until there are as many. */
export function rollingMax(values: Float64Array, window: number): Float64Array {
  return rollingExtreme(values, window, 1);
}

/** Rolling minimum over the last `window` values, none of them NaN; NaN until there are as many. */
export function rollingMin(values: Float64Array, window: number): Float64Array {
  return rollingExtreme(values, window, -1);
}

/**
 * A window reaches over the end of one block of its length and the start of the next: its maximum is the larger one of
 * the two parts'. Three comparisons a value at any window, and no branch that the values decide.
 *
 * @see M. van Herk, A fast algorithm for local minimum and maximum filters on rectangular and octagonal kernels,
 *   Pattern Recognition Letters 13 (1992).
 */
function rollingExtreme(values: Float64Array, window: number, sign: 1 | -1): Float64Array {
  requireWindow(window, 1, "a rolling extreme");
  const n = values.length;
  const out = new Float64Array(n).fill(NaN, 0, window - 1);
  const ends = new Float64Array(window + 1).fill(-Infinity); // largest of the last block from each place on
  for (let start = 0; start < n; start += window) {
    const stop = Math.min(start + window, n);
    let largest = -Infinity;
    for (let i = start; i < stop; i++) {
      const value = sign * values[i]!;
      if (value > largest) largest = value; // rare
      if (i >= window - 1) out[i] = sign * Math.max(largest, ends[i - start + 1]!);
    }
    let last = -Infinity;
    for (let i = stop - 1; i >= start; i--) {
      const value = sign * values[i]!;
      if (value > last) last = value;
      ends[i - start] = last;
    }
  }
  return out;
}

/** Rolling median over the last `window` values (sorted window); NaN until there are as many, and while one of them is NaN. */
export function rollingMedian(values: Float64Array, window: number): Float64Array {
  requireWindow(window, 1, "a rolling median");
  const out = new Float64Array(values.length).fill(NaN);
  const held = createSortedWindow(window);
  const sorted = held.values;
  const middle = window >> 1;
  for (let i = 0; i < values.length; i++) {
    const leaving = i >= window ? values[i - window]! : NaN, entering = values[i]!;
    const leaves = !Number.isNaN(leaving), enters = !Number.isNaN(entering);
    if (leaves && enters) held.replace(leaving, entering);
    else if (leaves) held.remove(leaving);
    else if (enters) held.insert(entering);
    if (held.size === window) {
      out[i] = window % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
    }
  }
  return out;
}
