import { requireWindow } from "../core/series.ts";

/**
 * Rate of change: the simple return over `period` bars.
 *
 * @param closes Closing prices (USDT), > 0; shape [n].
 * @param period Bars looked back, an integer >= 1.
 * @returns Shape [n], a fraction (0.01 is 1%); the first `period` values are NaN.
 * @throws {RangeError} If `period` is not an integer >= 1.
 */
export function roc(closes: Float64Array, period = 10): Float64Array {
  requireWindow(period, 1, "ROC");
  const out = new Float64Array(closes.length).fill(NaN, 0, period);
  for (let i = period; i < closes.length; i++) out[i] = closes[i]! / closes[i - period]! - 1;
  return out;
}
