import type { MarketView } from "../../../features/market_view.ts";
import type { Panel } from "../../../market/panel.ts";
import type { Plan } from "../../../simulation/plan.ts";

/**
 * A part of what checks read of a plan and its market, as the plan's returns: computed when the first of them asks, and kept
 * as long as the plan is. Nobody writes to it.
 */
export function oncePerPlan<Part>(
  compute: (plan: Plan, market: MarketView) => Part,
): (plan: Plan, market: MarketView) => Part {
  const known = new WeakMap<Plan, { readonly panel: Panel; readonly part: Part }>();
  return (plan, market) => {
    const kept = known.get(plan);
    if (kept?.panel === market.panel) return kept.part;
    const part = compute(plan, market);
    known.set(plan, { panel: market.panel, part });
    return part;
  };
}
