/** Orders that come late: by hand, and as the same plan moved by hand. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { DECLARED_COINS, INSTRUMENTS } from "popagent/core/universe.ts";
import { createArena, lateArena } from "popagent/simulation/arena.ts";
import { zeroCosts } from "popagent/simulation/costs.ts";
import { simulate } from "popagent/simulation/event_loop.ts";
import { LIMITS_WIDTH } from "popagent/simulation/limits.ts";
import { createPlan, PLAN_WIDTH } from "popagent/simulation/plan.ts";
import { listFills } from "popagent/simulation/trace.ts";
import { randomLimits, randomPanel, randomPlan } from "./random_panel.ts";
import { handPanel, wideLimits, wish } from "./small_market.ts";

// By hand: the wish of row 1 meets the open of row 2, 102; one row late that of row 3, 103.
Deno.test("what was decided at a close meets the open after the next where orders come a row late: by hand", () => {
  const bars = [100, 101, 102, 103, 104, 105].map((price) => ({
    bar: [price, price, price, price] as const,
  }));
  const panel = handPanel({ BTC: bars }), arena = createArena(panel, zeroCosts, panel.instruments);
  const plan = createPlan(bars.length, DECLARED_COINS.length);
  for (let row = 0; row < bars.length; row++) {
    wish(plan, row, 0, { leverage: 1, baseSize: 0.5, conviction: row === 1 ? 1 : row < 1 ? 0 : NaN });
  }
  const prices = (delay: number) => {
    const { trace } = simulate(lateArena(arena, delay), plan, wideLimits(bars.length), {
      from: 1,
      trace: true,
    });
    return listFills(trace!).map(({ row, price }) => [row, price]);
  };
  assert.deepEqual(prices(0), [[2, 102]]);
  assert.deepEqual(prices(1), [[3, 103]]);
  assert.deepEqual(prices(2), [[4, 104]]);
});

Deno.test("an account in a late arena is one whose plan and limits were moved: to the bit, plan and limits untouched", () => {
  const rows = 120, coins = DECLARED_COINS.length;
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1e6 }), fc.integer({ min: 1, max: 4 }), (seed, delay) => {
      const arena = createArena(randomPanel(seed, rows), zeroCosts, INSTRUMENTS);
      const plan = randomPlan(seed, rows), limits = randomLimits(seed, rows);
      const before = [plan.values.slice(), limits.values.slice()];
      const moved = (values: Float64Array, width: number) =>
        values.map((value, i) => i < delay * width ? value : values[i - delay * width]!);
      const first = delay * coins * PLAN_WIDTH;
      const late = simulate(lateArena(arena, delay), plan, limits, { from: 1 });
      const byHand = simulate(
        arena,
        { ...plan, values: moved(plan.values, coins * PLAN_WIDTH).fill(0, 0, first) }, // nothing is wanted before
        { ...limits, values: moved(limits.values, LIMITS_WIDTH) },
        { from: 1 },
      );
      assert.deepEqual(late.equity, byHand.equity);
      assert.deepEqual([plan.values, limits.values], before);
    }),
    { numRuns: 25, seed: 1 },
  );
});

Deno.test("a late arena has terms of its own; none late is the same arena", () => {
  const arena = createArena(randomPanel(1, 60), zeroCosts, INSTRUMENTS);
  assert.equal(lateArena(arena, 0), arena);
  assert.notEqual(lateArena(arena, 1).terms, arena.terms);
  assert.notEqual(lateArena(arena, 1).terms, lateArena(arena, 2).terms);
});
