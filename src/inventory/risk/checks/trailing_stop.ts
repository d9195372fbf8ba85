import { integer, log } from "../../../genome/gene.ts";
import { measuredCheck } from "./measured_check.ts";
import { paperReturns } from "./paper_returns.ts";

/** Share of the trail from which less is granted; at all of it nothing is. */
const ONSET = 0.5;

/**
 * A trailing stop on the plan: less is granted from half of the trail on; once its paper account lies so far below its peak, nothing is granted for some rows; then the
 * peak begins anew where the account stands.
 */
export const trailingStop = measuredCheck({
  summary: "Nothing for some rows once the plan's paper account lies a trail below its peak",
  genes: [log("trail", 0.01, 0.4), integer("restRows", 6, 180)],
  start: { trail: 0.1, restRows: 42 },
  warmUp: 180,
  source: "Kaminski & Lo, When Do Stop-Loss Rules Stop Losses?, J. Financial Markets 18 (2014)",
  what: "The plan's paper account below its peak",
  limit: "half of the trail",
  hardAt: 1 / ONSET,
  measure: ({ plan, market, genes: common }, genes) => {
    const returns = paperReturns(plan, market, common.maxLeverage!);
    const measured = new Float64Array(plan.rows), trail = genes.trail!;
    let equity = 1, peak = 1, until = -1;
    for (let t = 0; t < plan.rows; t++) {
      equity *= 1 + returns[t]!;
      if (t === until) peak = equity;
      peak = Math.max(peak, equity);
      const below = 1 - equity / peak;
      if (below >= trail && t >= until) until = t + genes.restRows!;
      measured[t] = t < until ? Math.max(below, trail) : below;
    }
    return { measured, allowed: new Float64Array(plan.rows).fill(ONSET * trail) };
  },
});
