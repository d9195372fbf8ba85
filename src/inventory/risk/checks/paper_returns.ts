import { type MarketView, returnsOf } from "../../../features/market_view.ts";
import { PLAN, type Plan, planIndex } from "../../../simulation/plan.ts";
import { oncePerPlan } from "./once_per_plan.ts";

/** Return over row t of what the plan wanted at t-1, and its gross exposure then; shape [rows] each. */
const uncut = oncePerPlan((plan, market) => {
  const { coins, values, rows } = plan, gains = new Float64Array(rows), grosses = new Float64Array(rows);
  const returns = market.panel.coins.map((_, coin) => returnsOf(market, coin));
  for (let t = 1; t < rows; t++) {
    let gross = 0, gain = 0;
    for (let coin = 0; coin < coins; coin++) {
      const at = planIndex(coins, t - 1, coin), conviction = values[at + PLAN.conviction]!;
      if (conviction !== conviction) continue;
      const exposure = conviction * values[at + PLAN.baseSize]! * values[at + PLAN.leverage]!;
      gross += Math.abs(exposure);
      gain += exposure * returns[coin]![t]!;
    }
    gains[t] = gain;
    grosses[t] = gross;
  }
  return { gains, grosses };
});

/**
 * Return over row t of what the plan wanted at t-1, its gross exposure cut to `maxGross`: no costs, no stops, no account.
 * Shape [rows].
 */
export function paperReturns(plan: Plan, market: MarketView, maxGross: number): Float64Array {
  const { gains, grosses } = uncut(plan, market), out = new Float64Array(plan.rows);
  for (let t = 1; t < out.length; t++) {
    const gross = grosses[t]!, gain = gains[t]!;
    out[t] = gross > maxGross ? gain * maxGross / gross : gain;
  }
  return out;
}
