import { linear } from "../../../genome/gene.ts";
import { PLAN, planIndex } from "../../../simulation/plan.ts";
import { measuredCheck, NEVER_HARD } from "./measured_check.ts";
import { wantedGross } from "./verdict.ts";

/**
 * Leverage and position limits on the plan as a whole: where one coin's margin or the gross exposure is beyond its limit, all
 * are cut alike, so that the plan keeps its proportions. The judge cuts each coin by itself.
 */
export const exposureLimits = measuredCheck({
  summary: "Leverage and position limits on the whole plan, its proportions kept",
  genes: [linear("headroom", 0.5, 1)], // share of the limits that may be used
  start: { headroom: 0.9 },
  warmUp: 0,
  source: "Bybit help centre, risk limits; house rule on proportions",
  what: "The plan's use of its leverage or position limit, whichever is more,",
  limit: "the headroom",
  hardAt: NEVER_HARD,
  measure: ({ plan, genes: common }, genes) => {
    const { rows, coins, values } = plan, measured = new Float64Array(rows);
    for (let t = 0; t < rows; t++) {
      let largest = 0;
      for (let coin = 0; coin < coins; coin++) {
        const at = planIndex(coins, t, coin);
        const margin = Math.abs(values[at + PLAN.conviction]!) * values[at + PLAN.baseSize]!;
        if (margin > largest) largest = margin;
      }
      const gross = wantedGross(plan, t) / common.maxLeverage!;
      measured[t] = Math.max(gross, largest / common.maxPosition!);
    }
    return { measured, allowed: new Float64Array(rows).fill(genes.headroom!) };
  },
});
