import { DECLARED_COINS } from "../../core/universe.ts";
import { createPlan, type Plan, PLAN_WIDTH } from "../../simulation/plan.ts";

/** The plan delayed by `lag` rows (led by -lag if negative); rows that nothing is moved to are flat. */
export function shiftPlan(plan: Plan, lag: number): Plan {
  const width = DECLARED_COINS.length * PLAN_WIDTH;
  const moved = createPlan(plan.rows, DECLARED_COINS.length);
  if (lag >= 0) moved.values.set(plan.values.subarray(0, (plan.rows - lag) * width), lag * width);
  else moved.values.set(plan.values.subarray(-lag * width), 0);
  return moved;
}
