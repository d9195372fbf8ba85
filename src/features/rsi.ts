import { requireWindow } from "../core/series.ts";
import { fromFirstNumber } from "./warm_up.ts";

/**
 * Relative strength index over closing prices, smoothed as Wilder did (recursive mean with weight
 * 1/period), not with the 2/(period+1) of an EMA.
 *
 * @param closes Closing prices (USDT), oldest first, without NaN after the first number; shape [n].
 * @param period Bars in one smoothing window, an integer >= 1.
 * @returns Shape [n], in [0, 100]; the first `period` values from the first number on are NaN (warm-up). No move at all gives 50.
 * @throws {RangeError} If `period` is not an integer >= 1, or there is no series.
 * @see J. W. Wilder, New Concepts in Technical Trading Systems (1978).
 */
export function rsi(closes: Float64Array, period = 14): Float64Array {
  requireWindow(period, 1, "RSI");
  return fromFirstNumber(closes, "an RSI", (tail) => strengths(tail, period));
}

function strengths(closes: Float64Array, period: number): Float64Array {
  const out = new Float64Array(closes.length).fill(NaN, 0, period);
  const steady = 1 / period;
  let gain = 0, loss = 0;
  for (let i = 1; i < closes.length; i++) {
    const move = closes[i]! - closes[i - 1]!;
    const weight = i < period ? 1 / i : steady; // plain mean while warming up
    const size = Math.abs(move); // (|x| + x) / 2 is max(x, 0), without a branch that half of the moves mispredict
    gain += (0.5 * (size + move) - gain) * weight;
    loss += (0.5 * (size - move) - loss) * weight;
    if (i >= period) out[i] = gain + loss === 0 ? 50 : 100 * gain / (gain + loss);
  }
  return out;
}
