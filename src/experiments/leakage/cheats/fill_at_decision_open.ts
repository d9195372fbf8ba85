import { DECLARED_COINS } from "../../../core/universe.ts";
import type { Panel } from "../../../market/panel.ts";
import { openLimits } from "../../references/passive.ts";
import { simulate } from "../../../simulation/event_loop.ts";
import { createPlan, PLAN, type Plan, planIndex } from "../../../simulation/plan.ts";
import { shiftPlan } from "../shift_plan.ts";
import { ordersAtOpen } from "../orders_at_open.ts";
import type { Computation } from "../probe.ts";
import { deskOf } from "../run_outputs.ts";
import type { PlantedCheat } from "./planted_cheat.ts";
import { probedConfig } from "../probed_config.ts";

/** Follows each coin's bar that has just closed. */
export function followLastBar(panel: Panel): Plan {
  const plan = createPlan(panel.rows, DECLARED_COINS.length);
  for (let t = 0; t < panel.rows; t++) {
    for (let coin = 0; coin < DECLARED_COINS.length; coin++) {
      const { open, close } = panel.coins[coin]!;
      const at = planIndex(DECLARED_COINS.length, t, coin);
      plan.values[at + PLAN.conviction] = Math.sign(close[t]! - open[t]!);
      plan.values[at + PLAN.leverage] = 1;
      plan.values[at + PLAN.baseSize] = 0.2;
      plan.values[at + PLAN.riskPerTrade] = Infinity;
    }
  }
  return plan;
}

/** What an account does that trades a plan whose rows were moved by `lag`. */
function account(lag: number): Computation {
  const config = probedConfig();
  return (panel) => {
    const { arena } = deskOf(panel, config);
    const plan = shiftPlan(followLastBar(panel), lag);
    const simulation = simulate(arena, plan, openLimits(panel.rows), { from: 60, trace: true });
    return { series: [{ name: "equity", values: simulation.equity }, ordersAtOpen("account", simulation)] };
  };
}

/**
 * CHEAT: the decision of the close of row t fills at the open of row t: the plan is moved forward by one row.
 * Its equity at a close reads nothing later, so only what is done at an open gives it away.
 */
export const fillAtDecisionOpen: PlantedCheat = { cheat: account(-1), honest: account(0) };
