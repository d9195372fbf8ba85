import { requireWindow, spanWeight } from "../core/series.ts";

/**
 * TRIX: the one-bar rate of change of closes smoothed by three EMAs in a row, all started at the first close.
 *
 * @param closes Closing prices (USDT), > 0; shape [n].
 * @param period Span of each EMA in bars, an integer >= 1.
 * @returns Shape [n], a fraction per bar; the first 3 (period - 1) + 1 values are NaN (warm-up).
 * @throws {RangeError} If `period` is not an integer >= 1.
 * @see J. K. Hutson, Good Trix, Technical Analysis of Stocks & Commodities 1 (1983).
 */
export function trix(closes: Float64Array, period = 15): Float64Array {
  requireWindow(period, 1, "TRIX");
  const n = closes.length;
  const weight = spanWeight(period), start = 3 * (period - 1) + 1;
  const out = new Float64Array(n).fill(NaN, 0, start);
  let once = n > 0 ? closes[0]! : NaN, twice = once, thrice = once;
  for (let i = 1; i < n; i++) {
    const before = thrice;
    once += weight * (closes[i]! - once);
    twice += weight * (once - twice);
    thrice += weight * (twice - thrice);
    if (i >= start) out[i] = thrice / before - 1;
  }
  return out;
}
