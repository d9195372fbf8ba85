import { REBUILD_SHARE, requireWindow, windowSum } from "../core/series.ts";

/** Shape of the distribution of the last `window` values; each of shape [n], NaN for window - 1 rows. */
export interface RollingShape {
  /** Sample skewness G1 (adjusted Fisher-Pearson). */
  readonly skew: Float64Array;
  /** Sample excess kurtosis G2; 0 for a normal distribution. */
  readonly kurtosis: Float64Array;
}

/**
 * Rolling skewness and excess kurtosis, both adjusted for the sample's size. Power sums are taken of
 * deviations from the window's own mean and rebuilt around the new one every `window` rows, which keeps
 * them exact at price level and costs the same at any window, and when an outlier has left.
 *
 * @param values Without NaN; shape [n].
 * @param window Rows in one sample, an integer >= 3. Kurtosis takes 4; of 3 it is NaN throughout.
 * @returns A window of equal values has no shape and gives 0.
 * @throws {RangeError} If `window` is not an integer >= 3.
 * @see D. N. Joanes, C. A. Gill, Comparing measures of sample skewness and kurtosis, The Statistician 47 (1998): G1, G2.
 */
export function rollingShape(values: Float64Array, window: number): RollingShape {
  requireWindow(window, 3, "rolling skewness and kurtosis");
  const n = values.length, w = window;
  const skew = new Float64Array(n).fill(NaN, 0, w - 1);
  const kurtosis = new Float64Array(n).fill(NaN, 0, w > 3 ? w - 1 : n);
  const skewScale = Math.sqrt(w * (w - 1)) / (w - 2);
  const kurtosisScale = (w - 1) / ((w - 2) * (w - 3));
  let shift = 0, s1 = 0, s2 = 0, s3 = 0, s4 = 0, largest = 0, next = w - 1;
  let before = NaN, run = 0; // equal values in a row: a flat window is told by counting, not by a rounded variance
  for (let i = 0; i < n; i++) {
    const value = values[i]!;
    run = value === before ? run + 1 : 1;
    before = value;
    if (i < w - 1) continue;
    let due = i === next; // against rounding, every `window` rows
    if (due) next += w;
    if (!due) {
      const x = value - shift, y = values[i - w]! - shift, xx = x * x, yy = y * y;
      s1 += x - y;
      s2 += xx - yy;
      s3 += xx * x - yy * y;
      s4 += xx * xx - yy * yy;
      if (s4 > largest) largest = s4;
      const about = s1 / w, fourth = s4 - about * (4 * s3 - about * (6 * s2 - 3 * about * s1));
      due = fourth < REBUILD_SHARE * largest; // an outlier has left
    }
    if (due) { // around the window's mean
      shift = windowSum(values, i, w) / w;
      s1 =
        s2 =
        s3 =
        s4 =
          0;
      for (let k = i - w + 1; k <= i; k++) {
        const x = values[k]! - shift, square = x * x;
        s1 += x;
        s2 += square;
        s3 += square * x;
        s4 += square * square;
      }
      largest = s4;
    }
    const mean = s1 / w;
    const m2 = s2 / w - mean * mean;
    if (run >= w || m2 <= 0) {
      skew[i] = 0;
      if (w > 3) kurtosis[i] = 0;
      continue;
    }
    const m3 = s3 / w - mean * (3 * s2 / w - 2 * mean * mean);
    const m4 = s4 / w - mean * (4 * s3 / w - mean * (6 * s2 / w - 3 * mean * mean));
    skew[i] = skewScale * m3 / (m2 * Math.sqrt(m2));
    if (w > 3) kurtosis[i] = kurtosisScale * ((w + 1) * (m4 / (m2 * m2) - 3) + 6);
  }
  return { skew, kurtosis };
}
