import { rollingMedian } from "../core/series.ts";

/**
 * Traded value of the bar over its median of the last `window` bars, the bar itself included.
 *
 * @param turnover Traded value (USDT), >= 0; shape [n].
 * @param window Bars in the median, an integer >= 1.
 * @returns Shape [n], a ratio >= 0, 1 on an ordinary bar; the first window - 1 values are NaN. A median of 0
 *   (no trade in half the window) gives 1.
 * @throws {RangeError} If `window` is not an integer >= 1.
 */
export function volumeRatio(turnover: Float64Array, window: number): Float64Array {
  const out = rollingMedian(turnover, window);
  for (let i = window - 1; i < out.length; i++) out[i] = out[i] === 0 ? 1 : turnover[i]! / out[i]!;
  return out;
}
