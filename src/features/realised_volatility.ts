import { sma } from "./sma.ts";

/**
 * Realised volatility of one bar: the root mean square of the last `window` returns. The mean is not taken
 * off, as over a short window it is noise. Times sqrt(BARS_PER_YEAR) it is a year's volatility.
 *
 * @param returns Returns of one bar, a fraction, without NaN; shape [n].
 * @param window Bars, an integer >= 1.
 * @returns Shape [n], a fraction per bar; the first window - 1 values are NaN.
 * @throws {RangeError} If `window` is not an integer >= 1.
 * @see T. G. Andersen, T. Bollerslev, F. X. Diebold, P. Labys, Modeling and forecasting realized volatility, Econometrica 71 (2003).
 */
export function realisedVolatility(returns: Float64Array, window: number): Float64Array {
  const squares = new Float64Array(returns.length);
  for (let i = 0; i < squares.length; i++) squares[i] = returns[i]! * returns[i]!;
  const out = sma(squares, window);
  for (let i = window - 1; i < out.length; i++) out[i] = Math.sqrt(Math.max(0, out[i]!)); // a running sum may end below 0
  return out;
}
