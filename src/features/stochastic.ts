import { rollingMax, rollingMin } from "../core/series.ts";
import { sma } from "./sma.ts";
import { afterWarmUp } from "./warm_up.ts";

/** Fast stochastic oscillator; each of shape [n], in [0, 100]. */
export interface Stochastic {
  /** Where the close lies between the lowest low (0) and the highest high (100) of the window. */
  readonly k: Float64Array;
  /** Simple moving average of K. */
  readonly d: Float64Array;
}

/**
 * Fast stochastic oscillator, %K and %D.
 *
 * @param highs, lows, closes Prices (USDT); each of shape [n].
 * @param period Bars in the window of highs and lows, an integer >= 1.
 * @param smooth Bars in the mean that makes D of K, an integer >= 1.
 * @returns `k` is NaN for period - 1 rows, `d` for smooth - 1 rows more. A window without any range gives 50.
 * @throws {RangeError} If a window is not an integer >= 1.
 * @see G. C. Lane, Lane's Stochastics, Technical Analysis of Stocks & Commodities 2 (1984).
 */
export function stochastic(
  highs: Float64Array,
  lows: Float64Array,
  closes: Float64Array,
  period = 14,
  smooth = 3,
): Stochastic {
  const highest = rollingMax(highs, period);
  const lowest = rollingMin(lows, period);
  const k = new Float64Array(closes.length).fill(NaN, 0, period - 1);
  for (let i = period - 1; i < k.length; i++) {
    const floor = lowest[i]!, range = highest[i]! - floor;
    k[i] = range === 0 ? 50 : 100 * (closes[i]! - floor) / range;
  }
  return { k, d: afterWarmUp(k, period - 1, (tail) => sma(tail, smooth)) };
}
