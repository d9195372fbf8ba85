import { simpleReturns } from "../../core/series.ts";
import { BARS_PER_YEAR } from "../../core/universe.ts";
import type { Panel } from "../../market/panel.ts";
import { realisedVolatility } from "../realised_volatility.ts";
import { sma } from "../sma.ts";
import { afterWarmUp } from "../warm_up.ts";
import { WEEK } from "./windows.ts";

/**
 * Realised volatility of all coins over the last week, annualised, weighted by the value traded in that
 * week. High reads as uncertainty.
 *
 * @returns Shape [rows], a fraction per year (0.6 is 60%); NaN for the first 42 rows.
 */
export function marketVolatility(panel: Panel): Float64Array {
  const traded = panel.coins.map((bars) => sma(bars.turnover, WEEK));
  const volatility = panel.coins.map((bars) =>
    afterWarmUp(simpleReturns(bars.close), 1, (moves) => realisedVolatility(moves, WEEK))
  );
  const scale = Math.sqrt(BARS_PER_YEAR);
  const out = new Float64Array(panel.rows).fill(NaN);
  for (let t = WEEK; t < out.length; t++) {
    let sum = 0, total = 0;
    for (let c = 0; c < traded.length; c++) {
      sum += traded[c]![t]! * volatility[c]![t]!;
      total += traded[c]![t]!;
    }
    out[t] = scale * sum / total;
  }
  return out;
}
