import { linear } from "../../../genome/gene.ts";
import { measuredCheck } from "./measured_check.ts";
import { profileReturns } from "./profile_returns.ts";
import { TAIL_WINDOW, tailLosses } from "./tail_losses.ts";

const LEVEL = 0.05;

/**
 * A band of the daily loss limit: value at risk must stay below its lower edge and expected shortfall below its upper one;
 * whichever is nearer to its edge rules. Fat tails bind by the second where the first says little.
 */
export const tailBand = measuredCheck({
  summary: "Value at risk and expected shortfall kept within a band of the daily loss limit",
  genes: [linear("bandLow", 0.4, 1.5), linear("bandHigh", 1.5, 4)],
  start: { bandLow: 1, bandHigh: 2 },
  warmUp: TAIL_WINDOW,
  source: "Basel Committee, Minimum capital requirements for market risk (2019): ES beside VaR",
  what:
    "The larger of one-day value at risk over its edge and expected shortfall over its own, at the leverage limit,",
  limit: "the daily loss limit",
  hardAt: 20,
  measure: ({ plan, market, genes: common }, genes) => {
    const { valueAtRisk, shortfall } = tailLosses(profileReturns(plan, market), LEVEL);
    const measured = valueAtRisk.map((loss, t) =>
      common.maxLeverage! * Math.max(loss / genes.bandLow!, shortfall[t]! / genes.bandHigh!)
    );
    return { measured, allowed: new Float64Array(plan.rows).fill(common.dailyLoss!) };
  },
});
