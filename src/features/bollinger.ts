import { rollingMoments } from "../core/series.ts";

/** Bollinger bands; each of shape [n], NaN for the first period - 1 rows. */
export interface Bollinger {
  /** Simple moving average (USDT). */
  readonly mid: Float64Array;
  readonly upper: Float64Array;
  readonly lower: Float64Array;
  /** Where the close lies between the bands: 0 lower, 1 upper, 0.5 if the bands coincide. */
  readonly percentB: Float64Array;
  /** Distance of the bands as a fraction of the mid. */
  readonly bandwidth: Float64Array;
}

/**
 * Bollinger bands at `width` population standard deviations around the moving average of closes.
 *
 * @param closes Closing prices (USDT), > 0; shape [n].
 * @param period Bars in the window, an integer >= 2.
 * @param width Standard deviations from the mid to a band, > 0.
 * @throws {RangeError} If `period` is not an integer >= 2.
 * @see J. Bollinger, Bollinger on Bollinger Bands (2001): divides by n, not by n - 1.
 */
export function bollinger(closes: Float64Array, period = 20, width = 2): Bollinger {
  const { mean: mid, sd } = rollingMoments(closes, period);
  const n = closes.length;
  const upper = new Float64Array(n).fill(NaN, 0, period - 1);
  const lower = new Float64Array(n).fill(NaN, 0, period - 1);
  const percentB = new Float64Array(n).fill(NaN, 0, period - 1);
  const bandwidth = new Float64Array(n).fill(NaN, 0, period - 1);
  const scale = width * Math.sqrt((period - 1) / period);
  let before = NaN, run = 0; // equal closes in a row: a flat window is told by counting, not by a rounded sd
  for (let i = 0; i < n; i++) {
    const close = closes[i]!;
    run = close === before ? run + 1 : 1;
    before = close;
    if (i < period - 1) continue;
    const half = run >= period ? 0 : scale * sd[i]!;
    const centre = mid[i]!;
    upper[i] = centre + half;
    lower[i] = centre - half;
    percentB[i] = half === 0 ? 0.5 : 0.5 + (close - centre) / (2 * half);
    bandwidth[i] = 2 * half / centre;
  }
  return { mid, upper, lower, percentB, bandwidth };
}
