import { createSortedWindow } from "../../../core/sorted_window.ts";
import { linear, log } from "../../../genome/gene.ts";
import type { CheckMethod } from "./check.ts";
import { profileReturns } from "./profile_returns.ts";

/** Rows of history behind a value at risk, and the horizon (rows, one day) it is scaled to. */
const VAR_WINDOW = 250;
const VAR_HORIZON = 6;

/**
 * The leverage at which the plan's historical one-day value at risk equals `confidence` times the daily loss
 * limit, as a share of the leverage limit. The plan's profile is its convictions scaled to unit gross.
 */
export const valueAtRisk: CheckMethod = {
  summary: "Leverage capped by the plan's historical one-day value at risk",
  genes: [log("varLevel", 0.01, 0.2), linear("confidence", 0.5, 2)],
  start: { varLevel: 0.05, confidence: 1 },
  warmUp: VAR_WINDOW,
  refitEvery: 1,
  needs: [],
  source: "Hendricks, Value-at-Risk Models Using Historical Data, FRBNY Economic Policy Review 2 (1996)",
  run: ({ plan, market, genes: common }, genes) => {
    const profile = profileReturns(plan, market);
    const share = new Float64Array(plan.rows).fill(1);
    const rank = Math.max(0, Math.ceil(genes.varLevel! * VAR_WINDOW) - 1);
    const window = createSortedWindow(VAR_WINDOW);
    for (let t = 0; t < plan.rows; t++) {
      if (t >= VAR_WINDOW) window.replace(profile[t - VAR_WINDOW]!, profile[t]!);
      else window.insert(profile[t]!);
      if (window.size < VAR_WINDOW) continue;
      const loss = Math.max(-window.values[rank]!, 1e-4) * Math.sqrt(VAR_HORIZON);
      share[t] = Math.min(1, genes.confidence! * common.dailyLoss! / loss / common.maxLeverage!);
    }
    return { share, end: [] };
  },
};
