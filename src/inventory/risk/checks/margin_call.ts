import { ewmaVolatility } from "../../../core/series.ts";
import { log } from "../../../genome/gene.ts";
import { DAY_ROWS, MAINTENANCE } from "./liquidation_safety.ts";
import { measuredCheck } from "./measured_check.ts";
import { profileReturns } from "./profile_returns.ts";

const DECAY = 0.97, LEAST_SD = 1e-4;

/** Leverage at which a one-day loss of the whole plan of so many sd, and the maintenance margin, leave the margin buffer whole. */
export const marginCall = measuredCheck({
  summary: "Leverage at which a bad day of the whole plan still leaves the margin buffer",
  genes: [log("marginMoves", 2, 12)],
  start: { marginMoves: 6 },
  warmUp: 180,
  source: "house rule: equity after the move covers maintenance margin and buffer",
  what: "What a bad day and the maintenance margin take of equity at the leverage limit",
  limit: "what the margin buffer leaves",
  hardAt: 30,
  measure: ({ plan, market, genes: common }, genes) => {
    const sd = ewmaVolatility(profileReturns(plan, market), DECAY, LEAST_SD, LEAST_SD);
    const root = Math.sqrt(DAY_ROWS);
    return {
      measured: sd.map((one) => common.maxLeverage! * (genes.marginMoves! * one * root + MAINTENANCE)),
      allowed: new Float64Array(plan.rows).fill(Math.max(0.05, 1 - common.marginBuffer!)),
    };
  },
});
