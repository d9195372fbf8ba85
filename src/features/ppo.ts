import { requireWindow, spanWeight } from "../core/series.ts";

/**
 * Price oscillator: the fast EMA's distance from the slow one as a fraction of the slow one, i.e. the MACD
 * line free of the price level.
 *
 * @param closes Closing prices (USDT), > 0; shape [n].
 * @param fast, slow Spans in bars, integers >= 1.
 * @returns Shape [n], a fraction (0.01 is 1%); the first max(fast, slow) - 1 values are NaN (warm-up).
 * @throws {RangeError} If a span is not an integer >= 1.
 */
export function ppo(closes: Float64Array, fast = 12, slow = 26): Float64Array {
  for (const span of [fast, slow]) requireWindow(span, 1, "PPO");
  const n = closes.length;
  const fastWeight = spanWeight(fast), slowWeight = spanWeight(slow), start = Math.max(fast, slow) - 1;
  const out = new Float64Array(n).fill(NaN, 0, start);
  let quick = n > 0 ? closes[0]! : NaN, lazy = quick;
  for (let i = 0; i < n; i++) {
    const close = closes[i]!;
    quick += fastWeight * (close - quick);
    lazy += slowWeight * (close - lazy);
    if (i >= start) out[i] = (quick - lazy) / lazy;
  }
  return out;
}
