import { BAR_MS } from "../../../core/universe.ts";
import { isDayStart } from "../../../core/time.ts";
import { linear } from "../../../genome/gene.ts";
import { measuredCheck } from "./measured_check.ts";
import { paperReturns } from "./paper_returns.ts";

/** Share of the limit from which less is granted; at all of it nothing is. */
const ONSET = 0.5;

/**
 * Less is granted once the plan's paper account has lost half of its day's limit, and nothing from the whole of it on until
 * the next 00:00 UTC. The account's own rule looks at the account, and refuses enlarging alone; this one closes too.
 */
export const dailyLoss = measuredCheck({
  summary: "Less as the plan's paper account nears its day's loss limit, then nothing until 00:00 UTC",
  genes: [linear("dailyShare", 0.3, 1)], // of the daily loss limit
  start: { dailyShare: 0.8 },
  warmUp: 6,
  source: "house rule: a day's loss stops the day",
  what: "The loss of the plan's paper account since 00:00 UTC",
  limit: "half of the day's limit",
  hardAt: 1 / ONSET,
  measure: ({ plan, market, genes: common }, genes) => {
    const returns = paperReturns(plan, market, common.maxLeverage!), { openTime } = market.panel;
    const measured = new Float64Array(plan.rows), limit = ONSET * genes.dailyShare! * common.dailyLoss!;
    let equity = 1, day = 1, lost = 0;
    for (let t = 0; t < plan.rows; t++) {
      equity *= 1 + returns[t]!;
      lost = Math.max(lost, 1 - equity / day); // the worst of the day stands until it ends
      if (isDayStart(openTime[t]! + BAR_MS)) {
        day = equity;
        lost = 0;
      }
      measured[t] = lost;
    }
    return { measured, allowed: new Float64Array(plan.rows).fill(limit) };
  },
});
