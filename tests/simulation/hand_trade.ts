import { DECLARED_COINS } from "popagent/core/universe.ts";
import { createArena } from "popagent/simulation/arena.ts";
import { type CostModel, zeroCosts } from "popagent/simulation/costs.ts";
import { simulate, type SimulationOptions } from "popagent/simulation/event_loop.ts";
import { DECLARED_DRAWDOWN_RULE, type DrawdownRule } from "popagent/simulation/drawdown_scale.ts";
import type { Limits } from "popagent/simulation/limits.ts";
import { createPlan, type PLAN } from "popagent/simulation/plan.ts";
import { listFills } from "popagent/simulation/trace.ts";
import type { Panel } from "popagent/market/panel.ts";
import { type HandBar, handPanel, wideLimits, wish } from "./small_market.ts";

export const flat = (price: number): HandBar => ({ bar: [price, price, price, price] });

export interface HandTrade {
  readonly limits?: Limits;
  readonly costs?: CostModel;
  readonly options?: Partial<SimulationOptions>;
  readonly drawdown?: DrawdownRule;
  /** Changes the hand-written panel before it is traded. */
  readonly change?: (panel: Panel) => Panel;
}

/**
 * Trades BTC alone, at no cost unless costs are given, half of the equity at 1x unless wished otherwise; the fills
 * as "row kind price", whole, and the run.
 */
export function trade(
  bars: readonly HandBar[],
  wishes: (row: number) => Partial<Record<keyof typeof PLAN, number>>,
  {
    limits = wideLimits(bars.length),
    costs = zeroCosts,
    options = {},
    drawdown = DECLARED_DRAWDOWN_RULE,
    change = (panel) => panel,
  }: HandTrade = {},
) {
  const plan = createPlan(bars.length, DECLARED_COINS.length);
  for (let row = 0; row < bars.length; row++) {
    wish(plan, row, 0, { leverage: 1, baseSize: 0.5, ...wishes(row) });
  }
  const panel = change(handPanel({ BTC: bars }));
  const arena = createArena(panel, costs, panel.instruments, drawdown);
  const run = simulate(arena, plan, limits, { from: 1, trace: true, record: "full", ...options });
  const listed = listFills(run.trace!);
  return { run, listed, fills: listed.map(({ row, kind, price }) => `${row} ${kind} ${price}`) };
}
