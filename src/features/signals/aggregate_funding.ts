import { fundingPer8Hours } from "../../market/funding.ts";
import type { Panel } from "../../market/panel.ts";
import { knownInterest } from "../derivatives.ts";

/**
 * Funding rate of all coins, weighted by the value of their open interest (that is where it is paid),
 * both as of the bar's open. High reads as crowded longs. A coin counts from its first known open interest on, and at
 * rows whose rate is known.
 *
 * @returns Shape [rows], a fraction of notional per 8 h, without warm-up; NaN where no coin counts.
 */
export function aggregateFunding(panel: Panel): Float64Array {
  const interest = panel.coins.map((bars) => knownInterest(bars.openInterest));
  const rates = panel.coins.map((_, coin) => fundingPer8Hours(panel, coin));
  const out = new Float64Array(panel.rows);
  for (let t = 0; t < out.length; t++) {
    let paid = 0, total = 0;
    for (let c = 0; c < interest.length; c++) {
      const bars = panel.coins[c]!;
      const value = interest[c]![t]! * bars.markOpen[t]!, owed = value * rates[c]![t]!;
      if (owed !== owed) continue; // NaN: unknown so far, which must not make the sum unknown
      paid += owed;
      total += value;
    }
    out[t] = total > 0 ? paid / total : NaN;
  }
  return out;
}
