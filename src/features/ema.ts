import { ewma, requireWindow, spanWeight } from "../core/series.ts";
import { fromFirstNumber } from "./warm_up.ts";

/**
 * Exponential moving average with weight 2 / (period + 1) on the newest value, started at the first value.
 *
 * @param values Without NaN after the first number; shape [n].
 * @param period Span in rows, an integer >= 1.
 * @returns Shape [n], in the unit of `values`; the first period - 1 values from the first number on are NaN (warm-up).
 * @throws {RangeError} If `period` is not an integer >= 1, or there is no series.
 */
export function ema(values: Float64Array, period: number): Float64Array {
  requireWindow(period, 1, "an EMA");
  return fromFirstNumber(values, "an EMA", (tail) => {
    const out = ewma(tail, spanWeight(period));
    out.fill(NaN, 0, period - 1);
    return out;
  });
}
