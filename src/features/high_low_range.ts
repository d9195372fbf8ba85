/**
 * Range of each bar as a logarithm: ln(high / low), free of the price level.
 *
 * @param highs, lows Prices (USDT), > 0; each of shape [n].
 * @returns Shape [n], a fraction >= 0, without warm-up.
 */
export function highLowRange(highs: Float64Array, lows: Float64Array): Float64Array {
  const out = new Float64Array(highs.length);
  for (let i = 0; i < out.length; i++) out[i] = Math.log(highs[i]! / lows[i]!);
  return out;
}
