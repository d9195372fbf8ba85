import assert from "node:assert/strict";
import { openLimits } from "popagent/experiments/references/passive.ts";
import type { Panel } from "popagent/market/panel.ts";
import { type SyntheticMarket, syntheticMarket } from "popagent/market/synthetic/synthetic_market.ts";
import { simulate } from "popagent/simulation/event_loop.ts";
import type { Plan } from "popagent/simulation/plan.ts";
import { annualSharpe } from "popagent/stats/sharpe.ts";
import { followLastBar } from "popagent/experiments/leakage/cheats/fill_at_decision_open.ts";
import { followMean } from "popagent/experiments/leakage/mean_follower.ts";
import { deskOf } from "popagent/experiments/leakage/run_outputs.ts";
import { shiftPlan } from "popagent/experiments/leakage/shift_plan.ts";
import { populationConfig } from "../run_config.ts";

const IC = 0.1, FROM = 100;
const markets = [1, 2, 3, 4].map((seed) => syntheticMarket({ seed, rows: 3000, mode: "planted", ic: IC }));
const costly = populationConfig();
const free = populationConfig({ costs: { takerFee: 0, makerFee: 0, impact: 0, spread: 0 } });

/** Annual Sharpe ratios on each market of the plans moved by `lag` rows. */
function sharpes(config: typeof costly, planOf: (market: SyntheticMarket) => Plan, lag: number): number[] {
  return markets.map((market) => {
    const { arena } = deskOf(market.panel, config);
    const plan = shiftPlan(planOf(market), lag);
    return annualSharpe(simulate(arena, plan, openLimits(plan.rows), { from: FROM }).returns.subarray(FROM));
  });
}

const mean = (values: readonly number[]) => values.reduce((sum, x) => sum + x, 0) / values.length;

// The planted mean lives on for about 18 rows, so what is known keeps most of its worth for a row or two. What
// is not known yet is another matter: the mean of the bar after next follows the next bar's return in trends
// and fades it in side markets, so an oracle that leads by one row trades as if it knew that return, and wins
// or loses far beyond any delay (on these markets -4.0, -4.9, 7.5, -6.8 against 5.2, 3.8, 5.8, 5.8 on time).
Deno.test("T4: the planted oracle loses smoothly when it is late, and jumps when it leads by a row", () => {
  const oracle = ({ panel, truth }: SyntheticMarket) => followMean(deskOf(panel, costly), truth, IC);
  const [lead, onTime, late, later] = [-1, 0, 1, 2].map((lag) => sharpes(costly, oracle, lag));
  console.log(
    `oracle: lead ${lead!.map((x) => x.toFixed(2))}, on time ${onTime!.map((x) => x.toFixed(2))}, ` +
      `late ${late!.map((x) => x.toFixed(2))}, later ${later!.map((x) => x.toFixed(2))}`,
  );
  assert.ok(mean(onTime!) > mean(late!) && mean(late!) > mean(later!));
  assert.ok(mean(late!) > 0.7 * mean(onTime!) && mean(later!) > 0.7 * mean(late!), "no cliff behind");
  markets.forEach((_, i) => {
    const jump = Math.abs(lead![i]! - onTime![i]!);
    const slip = Math.abs(late![i]! - onTime![i]!);
    assert.ok(jump > 1.5 && jump > 3 * slip, `market ${i}: a jump of ${jump} against a slip of ${slip}`);
  });
});

// The other way to see it: whoever follows the last bar knows nothing, unless the fill is a row early.
Deno.test("T4: following the last bar is worth nothing on time or late, and everything a row early", () => {
  const follower = ({ panel }: { panel: Panel }) => followLastBar(panel);
  const [lead, onTime, late, later] = [-1, 0, 1, 2].map((lag) => mean(sharpes(free, follower, lag)));
  console.log(`follower: ${[lead, onTime, late, later].map((x) => x!.toFixed(2))}`);
  assert.ok(lead! > 15, `a row early: ${lead}`);
  for (const sharpe of [onTime!, late!, later!]) {
    assert.ok(Math.abs(sharpe) < 3, `on time or late: ${sharpe}`);
  }
});
