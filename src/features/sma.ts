import { REBUILD_SHARE, requireWindow, windowSum } from "../core/series.ts";
import { fromFirstNumber } from "./warm_up.ts";

/**
 * Simple moving average over the last `window` values. The running sum is rebuilt every `window` rows, so
 * that rounding errors cannot pile up, and when an outlier has left: two additions a row at any window.
 *
 * @param values Without NaN after the first number; shape [n].
 * @param window Rows in the mean, an integer >= 1.
 * @returns Shape [n], in the unit of `values`; the first window - 1 values from the first number on are NaN.
 * @throws {RangeError} If `window` is not an integer >= 1, or there is no series.
 */
export function sma(values: Float64Array, window: number): Float64Array {
  requireWindow(window, 1, "an SMA");
  return fromFirstNumber(values, "an SMA", (tail) => runningMean(tail, window));
}

function runningMean(values: Float64Array, window: number): Float64Array {
  const n = values.length;
  const out = new Float64Array(n).fill(NaN, 0, window - 1);
  for (let end = window - 1; end < n; end += window) {
    let sum = 0;
    for (let k = end - window + 1; k <= end; k++) sum += values[k]!;
    out[end] = sum / window;
    let largest = Math.abs(sum);
    const stop = Math.min(end + window, n);
    for (let i = end + 1; i < stop; i++) {
      sum += values[i]! - values[i - window]!;
      const size = Math.abs(sum);
      if (size > largest) largest = size;
      else if (size < REBUILD_SHARE * largest) {
        sum = windowSum(values, i, window);
        largest = Math.abs(sum);
      }
      out[i] = sum / window;
    }
  }
  return out;
}
