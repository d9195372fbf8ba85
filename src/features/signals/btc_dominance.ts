import { REFERENCE_COIN } from "../../core/universe.ts";
import { coinIndex, type Panel } from "../../market/panel.ts";
import { sma } from "../sma.ts";
import { WEEK } from "./windows.ts";

/**
 * BTC's share of the value traded in all coins over the last week (whole weeks, as weekends trade
 * differently). High reads as risk-off: money keeps to the largest coin.
 *
 * @returns Shape [rows], in [0, 1]; NaN for the first 41 rows.
 */
export function btcDominance(panel: Panel): Float64Array {
  const traded = panel.coins.map((bars) => sma(bars.turnover, WEEK));
  const reference = traded[coinIndex(panel, REFERENCE_COIN)]!;
  const out = new Float64Array(panel.rows).fill(NaN);
  for (let t = WEEK - 1; t < out.length; t++) {
    let total = 0;
    for (let c = 0; c < traded.length; c++) total += traded[c]![t]!;
    out[t] = reference[t]! / total;
  }
  return out;
}
