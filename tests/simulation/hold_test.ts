import assert from "node:assert/strict";
import { DECLARED_COINS } from "../../src/core/universe.ts";
import { createArena } from "../../src/simulation/arena.ts";
import { bybitCosts } from "../../src/simulation/costs.ts";
import { plainSimulation, simulate } from "../../src/simulation/event_loop.ts";
import { INSTRUMENTS } from "../../src/core/universe.ts";
import { createLimits, LIMITS, LIMITS_WIDTH } from "../../src/simulation/limits.ts";
import { createPlan, PLAN, planIndex } from "../../src/simulation/plan.ts";
import { syntheticMarket } from "../../src/market/synthetic/synthetic_market.ts";

Deno.test("a conviction of NaN gives no order: what was bought once is never touched, whatever its price does", () => {
  const { panel } = syntheticMarket({ seed: 3, rows: 2000, mode: "default", ic: 0 });
  const arena = createArena(panel, bybitCosts, INSTRUMENTS);
  const plan = createPlan(panel.rows, DECLARED_COINS.length), limits = createLimits(panel.rows);
  for (let row = 0; row < panel.rows; row++) {
    for (let coin = 0; coin < DECLARED_COINS.length; coin++) {
      const at = planIndex(DECLARED_COINS.length, row, coin);
      plan.values[at + PLAN.conviction] = row === 9 ? 1 : NaN;
      plan.values[at + PLAN.leverage] = 1;
      plan.values[at + PLAN.baseSize] = 0.2;
      plan.values[at + PLAN.riskPerTrade] = Infinity;
    }
    const at = row * LIMITS_WIDTH;
    limits.values[at + LIMITS.maxLeverage] = 1;
    limits.values[at + LIMITS.maxPosition] = 1;
    limits.values[at + LIMITS.maxGross] = 1;
    limits.values[at + LIMITS.dailyLoss] = 1;
    limits.values[at + LIMITS.maxDrawdown] = 1;
  }
  const { trace, totals, equity } = simulate(arena, plan, limits, {
    ...plainSimulation,
    from: 10,
    trace: true,
  });
  assert.equal(totals.entries, DECLARED_COINS.length);
  assert.equal(totals.pass + totals.softFail + totals.hardFail, DECLARED_COINS.length);
  assert.equal(totals.rowsInMarket, panel.rows - 10);
  assert.ok(trace !== null);
  const moved = Math.max(...equity.subarray(10)) / Math.min(...equity.subarray(10));
  assert.ok(moved > 1.3, `the market must move enough to show it: ${moved}`);
});
