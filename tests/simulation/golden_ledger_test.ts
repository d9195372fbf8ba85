import assert from "node:assert/strict";
import { createArena } from "popagent/simulation/arena.ts";
import { ACCOUNT } from "popagent/simulation/account.ts";
import { simulate } from "popagent/simulation/event_loop.ts";
import { DECLARED_COINS, INSTRUMENTS } from "popagent/core/universe.ts";
import { createPlan } from "popagent/simulation/plan.ts";
import { listFills } from "popagent/simulation/trace.ts";
import { handPanel, oneBasisPoint, wideLimits, wish } from "./small_market.ts";

// BTC at a tick of .1 and a lot of .001, 1.5x long at 5x leverage, stop 59,000, target 62,400, slippage 1 bp.
// Every number below was computed outside this project (from the exchange's formulas, in Python).
const ENTRY = 60_006;
const btc = handPanel({
  BTC: [
    { bar: [60_000, 60_000, 60_000, 60_000] },
    { bar: [60_000, 60_400, 59_800, 60_200] }, // 04:00
    { bar: [60_200, 60_900, 60_100, 60_800], markOpen: 60_195, funding: 1e-4 }, // 08:00 settles
    { bar: [60_800, 61_000, 60_000, 60_100], markOpen: 60_790, funding: 1e-4 }, // 12:00 does not
    { bar: [60_100, 62_500, 58_900, 61_000], markOpen: 60_095, funding: -2e-4 }, // 16:00 settles
  ],
});

/** 1.5x long with a stop at 59,000 and a target at 62,400 at every close. */
function wishes() {
  const plan = createPlan(btc.rows, DECLARED_COINS.length);
  for (let row = 0; row < btc.rows; row++) {
    wish(plan, row, 0, {
      conviction: 1,
      leverage: 5,
      baseSize: 0.3,
      stop: 1 - 59_000 / ENTRY,
      target: 62_400 / ENTRY - 1,
    });
  }
  return plan;
}

Deno.test("simulate() follows the golden ledger to the millionth", () => {
  const plan = wishes();
  const run = simulate(createArena(btc, oneBasisPoint, INSTRUMENTS), plan, wideLimits(btc.rows), {
    from: 1,
    record: "full",
    trace: true,
  });
  const [entry, firstFunding, secondFunding, stop, ...rest] = listFills(run.trace!);
  assert.equal(rest.length, 0);

  assert.equal(entry!.kind, "entry");
  assert.equal(entry!.price, ENTRY);
  assert.equal(entry!.quantity, 0.249);
  close(entry!.fee, 8.217822);
  close(firstFunding!.realised, -1.498856);
  close(secondFunding!.realised, 2.992731);
  assert.equal(stop!.kind, "stop"); // the bar holds both levels: stop first
  assert.equal(stop!.row, 4);
  close(stop!.price, 58_994.1);
  close(stop!.realised, -251.9631);
  close(stop!.fee, 8.079242);

  close(run.equity[0]!, 10_000);
  close(run.equity[1]!, 10_040.088178);
  close(run.equity[2]!, 10_187.989323);
  close(run.equity[3]!, 10_013.689323);
  close(run.equity[4]!, 9_733.233712);
  assert.ok(Math.abs(run.equity[4]! / run.equity[0]! - 1 - -0.02667663) < 1e-8);
  close(run.account[ACCOUNT.tradedNotional]!, 14_941.494 + 0.249 * 58_994.1);
  assert.deepEqual([run.totals.entries, run.totals.stops, run.totals.targets], [1, 1, 0]);
});

// By hand: 10,000 - 8.217822 - 1.498856 + 2.992731 before the bar; 0.249 x (62,400 - 60,006) = 596.106 less the fee of an
// order that rested, 0.249 x 62,400 x .0002 = 3.107520. The protocol's 10,579.27 has a market order's fee and slippage.
Deno.test("targets before stops, the bound: the bar that holds both levels ends at the target", () => {
  const arena = createArena(btc, oneBasisPoint, INSTRUMENTS);
  const limits = wideLimits(btc.rows), options = { from: 1, record: "full" } as const;
  const run = simulate({ ...arena, targetsFirst: true }, wishes(), limits, options);
  assert.deepEqual([run.totals.entries, run.totals.stops, run.totals.targets], [1, 0, 1]);
  close(run.equity[3]!, 10_013.689323);
  close(run.equity[4]!, 10_586.274533);
});

function close(actual: number, expected: number): void {
  assert.ok(Math.abs(actual - expected) < 1e-6, `${actual} is not ${expected}`);
}
