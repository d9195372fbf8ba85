import { createPlan, PLAN, type Plan, planIndex } from "../../simulation/plan.ts";
import type { Forecast } from "../../inventory/researcher/forecast.ts";

/** The declared default trader: the sign of the middle horizon's mean, an equal share of equity a coin at 1x, no stop, no target. */
export function defaultPlan(forecast: Forecast): Plan {
  const plan = createPlan(forecast.rows, forecast.coins.length);
  forecast.coins.forEach((coinForecast, coin) => {
    const mean = coinForecast.mean[1]!;
    for (let t = 0; t < forecast.rows; t++) {
      const at = planIndex(plan.coins, t, coin);
      plan.values[at + PLAN.conviction] = Math.sign(mean[t]!);
      plan.values[at + PLAN.leverage] = 1;
      plan.values[at + PLAN.baseSize] = 1 / plan.coins;
      plan.values[at + PLAN.riskPerTrade] = Infinity;
    }
  });
  return plan;
}
