import { requireWindow, spanWeight } from "../core/series.ts";

/** Moving average convergence and divergence, in price units; each of shape [n]. */
export interface Macd {
  /** Fast minus slow EMA. */
  readonly line: Float64Array;
  /** EMA of the line. */
  readonly signal: Float64Array;
  /** Line minus signal. */
  readonly histogram: Float64Array;
}

/**
 * MACD of closing prices. Both EMAs start at the first close; the signal starts at the line's first value.
 *
 * @param closes Closing prices (USDT); shape [n].
 * @param fast, slow, signal Spans in bars, integers >= 1.
 * @returns The line is NaN for max(fast, slow) - 1 rows, signal and histogram for signal - 1 rows more.
 * @throws {RangeError} If a span is not an integer >= 1.
 * @see G. Appel, The Moving Average Convergence-Divergence Trading Method (1979).
 */
export function macd(closes: Float64Array, fast = 12, slow = 26, signal = 9): Macd {
  for (const span of [fast, slow, signal]) requireWindow(span, 1, "MACD");
  const n = closes.length;
  const fastWeight = spanWeight(fast), slowWeight = spanWeight(slow), signalWeight = spanWeight(signal);
  const lineStart = Math.max(fast, slow) - 1, signalStart = lineStart + signal - 1;
  const line = new Float64Array(n).fill(NaN, 0, lineStart);
  const signalLine = new Float64Array(n).fill(NaN, 0, signalStart);
  const histogram = new Float64Array(n).fill(NaN, 0, signalStart);
  let quick = n > 0 ? closes[0]! : NaN, lazy = quick, mean = 0;
  for (let i = 0; i < n; i++) {
    const close = closes[i]!;
    quick += fastWeight * (close - quick);
    lazy += slowWeight * (close - lazy);
    if (i < lineStart) continue;
    const value = quick - lazy;
    mean = i === lineStart ? value : mean + signalWeight * (value - mean);
    line[i] = value;
    if (i < signalStart) continue;
    signalLine[i] = mean;
    histogram[i] = value - mean;
  }
  return { line, signal: signalLine, histogram };
}
