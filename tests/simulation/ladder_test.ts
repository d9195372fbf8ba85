/** Limit entries as a ladder: several orders of one size, one behind the other. */
import assert from "node:assert/strict";
import { DECLARED_COINS, INSTRUMENTS } from "popagent/core/universe.ts";
import {
  ACCOUNT,
  createAccount,
  POSITION,
  positionIndex,
  writeAccount,
} from "popagent/simulation/account.ts";
import { createArena } from "popagent/simulation/arena.ts";
import { type CostModel, zeroCosts } from "popagent/simulation/costs.ts";
import { runAccount, simulate } from "popagent/simulation/event_loop.ts";
import { nextOrders } from "popagent/simulation/next_orders.ts";
import { packPlan, unpackPlan } from "popagent/simulation/packed_plan.ts";
import { createPlan, type Ladder, type Plan } from "popagent/simulation/plan.ts";
import { listFills } from "popagent/simulation/trace.ts";
import { type HandBar, handPanel, wideLimits, wish } from "./small_market.ts";

const flat: HandBar = { bar: [100, 100, 100, 100] };
const dip = (low: number): HandBar => ({ bar: [100, 100, low, 99.5] });

/** Half of 10,000 USDT at 1x in BTC, by orders 1 % from the close that rest for `rows` rows. */
function planOf(count: number, ladder: Ladder | undefined, wishes: Parameters<typeof wish>[3] = {}): Plan {
  const plan = { ...createPlan(count, DECLARED_COINS.length), ...(ladder ? { ladder } : {}) };
  for (let row = 0; row < count; row++) {
    const all = {
      conviction: 1,
      leverage: 1,
      baseSize: 0.5,
      limitOffset: 0.01,
      limitRows: 2,
      stop: 0,
      ...wishes,
    };
    wish(plan, row, 0, all);
  }
  return plan;
}

function fillsOf(bars: readonly HandBar[], plan: Plan, costs: CostModel = zeroCosts) {
  const arena = createArena(handPanel({ BTC: bars }), costs, INSTRUMENTS);
  const run = simulate(arena, plan, wideLimits(bars.length), { from: 1, trace: true });
  return { run, fills: listFills(run.trace!) };
}

const THREE: Ladder = { rungs: 3, stretch: 1 };

// Close 100, offset 1 %: orders at 99, 98, 97. A third of 5,000 / 99 = 50.505 coins each: 16.835.
Deno.test("a ladder's orders fill at their own prices, as far as the bar trades through them", () => {
  const { fills, run } = fillsOf([flat, dip(97.9), flat], planOf(3, THREE));
  assert.deepEqual(fills.map(({ row, kind, price }) => `${row} ${kind} ${price}`), [
    "1 limit 99",
    "1 limit 98",
  ]);
  for (const { quantity } of fills) assert.ok(Math.abs(quantity - 16.835) < 1e-9);
  assert.equal(run.totals.limitFills, 2);
  assert.equal(run.totals.entries, 1, "one position");
  assert.equal(run.totals.pass, 1, "one order, however it is divided");
});

Deno.test("a ladder touched and not traded through by a tick does not fill", () => {
  const { fills } = fillsOf([flat, dip(98), flat, flat], planOf(4, THREE));
  assert.deepEqual(fills.map(({ price }) => price), [99], "98 is touched alone");
});

Deno.test("what is left of a ladder goes on resting, and expires with its rows", () => {
  const late = fillsOf([flat, dip(98.5), dip(97.5), flat], planOf(4, THREE));
  assert.deepEqual(late.fills.map(({ row, price }) => `${row} ${price}`), ["1 99", "2 98"]);
  const plan = planOf(6, THREE); // placed at row 0 for two rows; then nothing is wanted any more than is held
  for (let row = 1; row < 6; row++) wish(plan, row, 0, { conviction: NaN });
  const never = fillsOf([flat, dip(98.5), flat, dip(97.5), flat, flat], plan);
  assert.deepEqual(never.fills.map(({ row, price }) => `${row} ${price}`), ["1 99"]);
});

Deno.test("a ladder pays the maker's fee and no slippage", () => {
  const costs = { ...zeroCosts, takerFee: 0.001, makerFee: 0.0002, halfSpread: zeroCosts.halfSpread };
  const { run, fills } = fillsOf([flat, dip(96.9), flat, flat], planOf(4, THREE), costs);
  const value = fills.slice(0, 3).reduce((sum, { quantity, price }) => sum + quantity * price, 0);
  assert.equal(fills.length, 3);
  assert.ok(Math.abs(run.totals.fees - 0.0002 * value) < 1e-9);
  assert.equal(run.totals.slippage, 0);
});

Deno.test("a stop between two rungs is met before the farther one, and cancels it", () => {
  // Stop .5 % under the fill at 99: 98.505, before the rung at 98.
  const { fills } = fillsOf([flat, dip(97.5), flat, flat], planOf(4, THREE, { stop: 0.005 }));
  assert.deepEqual(fills.slice(0, 2).map(({ kind, price }) => `${kind} ${price}`), [
    "limit 99",
    "stop 98.505",
  ]);
});

Deno.test("a sale's ladder stands above the close", () => {
  const { fills } = fillsOf(
    [flat, { bar: [100, 102.5, 100, 100] }, flat, flat],
    planOf(4, THREE, { conviction: -1 }),
  );
  assert.deepEqual(fills.map(({ price, quantity }) => [price, Math.sign(quantity)]), [[101, -1], [102, -1]]);
});

Deno.test("a ladder of one is the single order, to the bit", () => {
  const bars = [flat, dip(98.5), dip(97.5), flat, dip(96), flat];
  const one = fillsOf(bars, planOf(6, { rungs: 1, stretch: 0.5 })),
    none = fillsOf(bars, planOf(6, undefined));
  assert.deepEqual(one.fills, none.fills);
  assert.deepEqual(one.run.equity, none.run.equity);
});

Deno.test("rungs below the exchange's least notional become fewer, larger ones", () => {
  // 12 USDT in all and 5 USDT the least of one: two of 6, not five of 2.4.
  const plan = planOf(4, { rungs: 5, stretch: 1 }, { baseSize: 0.0012 });
  const { fills } = fillsOf([flat, dip(90), flat, flat], plan);
  assert.equal(fills.filter(({ kind }) => kind === "limit").length, 2);
});

Deno.test("an account stopped and gone on with inside a ladder gives the bits of one run", () => {
  const bars = [flat, dip(98.5), dip(97.5), flat, dip(96), flat], plan = planOf(6, THREE);
  const arena = createArena(handPanel({ BTC: bars }), zeroCosts, INSTRUMENTS), limits = wideLimits(6);
  const options = { adoptTeam: false, record: null, trace: null };
  const whole = createAccount(5), parts = createAccount(5);
  runAccount(whole, arena, plan, limits, 1, 6, options);
  for (let row = 1; row < 6; row++) runAccount(parts, arena, plan, limits, row, row + 1, options);
  assert.deepEqual(parts, whole);
  assert.notEqual(whole[ACCOUNT.limitFills], 0);
});

Deno.test("next orders tell each rung with its price, and a packed plan keeps its ladder", () => {
  const plan = unpackPlan(packPlan(planOf(4, THREE)));
  const arena = createArena(handPanel({ BTC: [flat, flat, flat, flat] }), zeroCosts, INSTRUMENTS);
  const account = createAccount(5);
  const next = nextOrders(arena, writeAccount(account), { plan, limits: wideLimits(4) }, 0, false);
  assert.deepEqual(next.map(({ kind, limit }) => [kind, limit]), [["rest", 99], ["rest", 98], ["rest", 97]]);
  assert.ok(Math.abs(next[2]!.notional - 5000) < 1e-9);
  assert.equal(account[positionIndex(0) + POSITION.restingQuantity], 0, "the account itself is not changed");
});
