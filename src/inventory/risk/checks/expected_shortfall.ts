import { linear, log } from "../../../genome/gene.ts";
import { measuredCheck } from "./measured_check.ts";
import { profileReturns } from "./profile_returns.ts";
import { TAIL_WINDOW, tailLosses } from "./tail_losses.ts";

/** Leverage under which the mean of the plan's worst days stays at the daily loss limit times a tolerance. */
export const expectedShortfall = measuredCheck({
  summary: "Leverage capped by the plan's expected shortfall of one day",
  genes: [log("tailLevel", 0.01, 0.2), linear("shortfallTolerance", 0.5, 3)],
  start: { tailLevel: 0.05, shortfallTolerance: 1.5 },
  warmUp: TAIL_WINDOW,
  source: "Acerbi & Tasche, On the coherence of expected shortfall, J. Banking & Finance 26 (2002)",
  what: "The plan's expected shortfall of one day at the leverage limit",
  limit: "the tolerance",
  hardAt: 20,
  measure: ({ plan, market, genes: common }, genes) => {
    const { shortfall } = tailLosses(profileReturns(plan, market), genes.tailLevel!);
    const allowed = genes.shortfallTolerance! * common.dailyLoss!;
    return {
      measured: shortfall.map((loss) => loss * common.maxLeverage!),
      allowed: new Float64Array(plan.rows).fill(allowed),
    };
  },
});
