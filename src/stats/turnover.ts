import { requireInteger, requireSameLength } from "./require.ts";

/**
 * Turnover per bar: mean over bars of the sum of |w_t - w_{t-1}| over assets, beginning flat. Fractions of equity
 * traded; times 2190 a year's.
 *
 * @param weights Signed notional over equity after each bar's orders; [asset][bars].
 */
export function turnover(weights: readonly ArrayLike<number>[]): number {
  requireInteger(weights.length, 1, "the number of assets");
  const bars = weights[0]!.length;
  requireInteger(bars, 1, "the number of bars");
  let sum = 0;
  for (const series of weights) {
    requireSameLength(series, weights[0]!, "a turnover");
    for (let t = 0; t < bars; t++) sum += Math.abs(series[t]! - (t > 0 ? series[t - 1]! : 0));
  }
  return sum / bars;
}
