import { requireWindow } from "../core/series.ts";

/**
 * True range: the largest of high - low, |high - previous close| and |low - previous close|; high - low in
 * row 0, which has no previous close.
 *
 * @param highs, lows, closes Prices (USDT); each of shape [n].
 * @returns Shape [n], in USDT, >= 0.
 * @see J. W. Wilder, New Concepts in Technical Trading Systems (1978).
 */
export function trueRange(highs: Float64Array, lows: Float64Array, closes: Float64Array): Float64Array {
  const out = new Float64Array(closes.length);
  for (let i = 0; i < out.length; i++) {
    const before = i > 0 ? closes[i - 1]! : lows[i]!;
    out[i] = Math.max(highs[i]!, before) - Math.min(lows[i]!, before);
  }
  return out;
}

/**
 * Average true range, smoothed as Wilder did: the mean of the first `period` true ranges, then a recursive
 * mean with weight 1/period.
 *
 * @param highs, lows, closes Prices (USDT); each of shape [n].
 * @param period Bars in one smoothing window, an integer >= 1.
 * @returns Shape [n], in USDT; the first period - 1 values are NaN (warm-up).
 * @throws {RangeError} If `period` is not an integer >= 1.
 * @see J. W. Wilder, New Concepts in Technical Trading Systems (1978).
 */
export function atr(
  highs: Float64Array,
  lows: Float64Array,
  closes: Float64Array,
  period = 14,
): Float64Array {
  requireWindow(period, 1, "ATR");
  const out = trueRange(highs, lows, closes);
  const steady = 1 / period;
  let mean = 0;
  for (let i = 0; i < out.length; i++) {
    mean += (out[i]! - mean) * (i + 1 < period ? 1 / (i + 1) : steady); // plain mean while warming up
    out[i] = i >= period - 1 ? mean : NaN;
  }
  return out;
}
