import type { Panel } from "../../market/panel.ts";
import { carryForward } from "../warm_up.ts";
import { DAY } from "./windows.ts";

/**
 * Change of the total open interest over the last day, in coins valued at the prices of a day ago (a
 * Laspeyres quantity index), so that a mere rise of prices is no change. Open interest at row t is a snapshot
 * taken as bar t opened and is priced by the mark of that instant. Rising reads as conviction.
 *
 * @returns Shape [rows], a fraction; NaN for the first 6 rows.
 */
export function crossOiDelta(panel: Panel): Float64Array {
  const interest = panel.coins.map((bars) => carryForward(bars.openInterest));
  const out = new Float64Array(panel.rows).fill(NaN);
  for (let t = DAY; t < out.length; t++) {
    let now = 0, before = 0;
    for (let c = 0; c < interest.length; c++) {
      const price = panel.coins[c]!.markOpen[t - DAY]!;
      now += interest[c]![t]! * price;
      before += interest[c]![t - DAY]! * price;
    }
    out[t] = now / before - 1;
  }
  return out;
}
