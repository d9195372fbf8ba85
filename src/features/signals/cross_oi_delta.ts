import type { Panel } from "../../market/panel.ts";
import { knownInterest } from "../derivatives.ts";
import { DAY } from "./windows.ts";

/**
 * Change of the total open interest over the last day, in coins valued at the prices of a day ago (a
 * Laspeyres quantity index), so that a mere rise of prices is no change. Open interest at row t is a snapshot
 * taken as bar t opened and is priced by the mark of that instant. Rising reads as conviction. A coin counts from a
 * day after its first known open interest on; a missing snapshot repeats the last.
 *
 * @returns Shape [rows], a fraction; NaN for the first 6 rows and where no coin counts.
 */
export function crossOiDelta(panel: Panel): Float64Array {
  const interest = panel.coins.map((bars) => knownInterest(bars.openInterest));
  const out = new Float64Array(panel.rows).fill(NaN);
  for (let t = DAY; t < out.length; t++) {
    let now = 0, before = 0;
    for (let c = 0; c < interest.length; c++) {
      const price = panel.coins[c]!.markOpen[t - DAY]!;
      const then = interest[c]![t - DAY]! * price;
      if (then !== then) continue; // NaN: unknown so far, which must not make the sum unknown
      now += interest[c]![t]! * price;
      before += then;
    }
    if (before > 0) out[t] = now / before - 1;
  }
  return out;
}
