import { fundingPer8Hours } from "../../market/funding.ts";
import type { Panel } from "../../market/panel.ts";
import { carryForward } from "../warm_up.ts";

/**
 * Funding rate of all coins, weighted by the value of their open interest (that is where it is paid),
 * both as of the bar's open. High reads as crowded longs.
 *
 * @returns Shape [rows], a fraction of notional per 8 h, without warm-up.
 */
export function aggregateFunding(panel: Panel): Float64Array {
  const interest = panel.coins.map((bars) => carryForward(bars.openInterest));
  const rates = panel.coins.map((_, coin) => fundingPer8Hours(panel, coin));
  const out = new Float64Array(panel.rows);
  for (let t = 0; t < out.length; t++) {
    let paid = 0, total = 0;
    for (let c = 0; c < interest.length; c++) {
      const bars = panel.coins[c]!;
      const value = interest[c]![t]! * bars.markOpen[t]!;
      paid += value * rates[c]![t]!;
      total += value;
    }
    out[t] = paid / total;
  }
  return out;
}
