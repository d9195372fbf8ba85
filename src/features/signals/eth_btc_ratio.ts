import { coinIndex, type Panel } from "../../market/panel.ts";

/**
 * Strength of ETH against BTC: the ratio of their closes. Rising reads as ETH outperforming.
 *
 * @returns Shape [rows], > 0 (the price of one ETH in BTC), without warm-up; NaN throughout where one of the two is not
 *   looked at.
 */
export function ethBtcRatio(panel: Panel): Float64Array {
  const out = new Float64Array(panel.rows).fill(NaN);
  const btc = panel.coins[coinIndex(panel, "BTC")]?.close, eth = panel.coins[coinIndex(panel, "ETH")]?.close;
  if (!btc || !eth) return out;
  for (let t = 0; t < out.length; t++) out[t] = eth[t]! / btc[t]!;
  return out;
}
