import { REFERENCE_COIN } from "../../core/universe.ts";
import type { Panel } from "../../market/panel.ts";
import { roc } from "../roc.ts";
import { WEEK } from "./windows.ts";

/**
 * Mean return of the altcoins over the last week. Positive reads as risk-on.
 *
 * @returns Shape [rows], a fraction; NaN for the first 42 rows.
 */
export function altcoinMomentum(panel: Panel): Float64Array {
  const moves = panel.coins.filter(({ coin }) => coin !== REFERENCE_COIN).map(({ close }) =>
    roc(close, WEEK)
  );
  const out = new Float64Array(panel.rows).fill(NaN);
  for (let t = WEEK; t < out.length; t++) {
    let sum = 0;
    for (let c = 0; c < moves.length; c++) sum += moves[c]![t]!;
    out[t] = sum / moves.length;
  }
  return out;
}
