import { type MarketView, returnsOf } from "../../../features/market_view.ts";
import { PLAN, type Plan, planIndex } from "../../../simulation/plan.ts";
import { oncePerPlan } from "./once_per_plan.ts";

/** Return over row t of the plan's convictions at t-1 scaled to unit gross (less if they are weak): no costs, no account. */
export const profileReturns: (plan: Plan, market: MarketView) => Float64Array = oncePerPlan(
  (plan, market) => {
    const { coins } = plan;
    const out = new Float64Array(plan.rows);
    const returns = market.panel.coins.map((_, coin) => returnsOf(market, coin));
    for (let t = 1; t < plan.rows; t++) {
      let gross = 0, gain = 0;
      for (let coin = 0; coin < coins; coin++) {
        const conviction = plan.values[planIndex(coins, t - 1, coin) + PLAN.conviction]!;
        gross += Math.abs(conviction);
        gain += conviction * returns[coin]![t]!;
      }
      out[t] = gain / Math.max(gross, 1);
    }
    return out;
  },
);
