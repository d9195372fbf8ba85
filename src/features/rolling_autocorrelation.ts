import { REBUILD_SHARE, requireWindow, windowSum } from "../core/series.ts";

/**
 * First-order autocorrelation of the last `window` values, with the window's own mean and variance in both
 * places (the usual sample autocorrelation r_1), which keeps it in [-1, 1].
 *
 * @param values Without NaN, such as returns; shape [n].
 * @param window Rows in one sample, an integer >= 3.
 * @returns Shape [n]; the first window - 1 values are NaN. A window of equal values gives 0.
 * @throws {RangeError} If `window` is not an integer >= 3.
 * @see G. E. P. Box, G. M. Jenkins, Time Series Analysis (1970), eq. 2.1.11.
 */
export function rollingAutocorrelation(values: Float64Array, window: number): Float64Array {
  requireWindow(window, 3, "a rolling autocorrelation");
  const n = values.length, w = window;
  const out = new Float64Array(n).fill(NaN, 0, w - 1);
  let shift = 0, sum = 0, squares = 0, products = 0, largest = 0, next = w - 1;
  let before = NaN, run = 0; // equal values in a row: a flat window is told by counting, not by a rounded variance
  for (let i = 0; i < n; i++) {
    const last = values[i]!;
    run = last === before ? run + 1 : 1;
    before = last;
    if (i < w - 1) continue;
    const first = values[i - w + 1]!;
    let due = i === next; // against rounding, every `window` rows
    if (due) next += w;
    if (!due) {
      const x = last - shift, y = values[i - w]! - shift;
      sum += x - y;
      squares += x * x - y * y;
      products += x * (values[i - 1]! - shift) - y * (first - shift);
      if (squares > largest) largest = squares;
      due = squares - sum * sum / w < REBUILD_SHARE * largest; // an outlier has left
    }
    if (due) { // around the window's mean
      shift = windowSum(values, i, w) / w;
      sum = first - shift;
      squares = sum * sum;
      products = 0;
      for (let k = i - w + 2; k <= i; k++) {
        const x = values[k]! - shift;
        sum += x;
        squares += x * x;
        products += x * (values[k - 1]! - shift);
      }
      largest = squares;
    }
    const mean = sum / w;
    const variance = squares - sum * mean;
    const ends = first - shift + (last - shift);
    out[i] = run >= w || variance <= 0
      ? 0
      : (products - mean * (2 * sum - ends) + (w - 1) * mean * mean) / variance;
  }
  return out;
}
