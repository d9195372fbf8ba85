import assert from "node:assert/strict";
import {
  DECLARED_GUARDS,
  guardAsked,
  type GuardMemory,
  guardsAtClose,
  noteSent,
  orderRefusal,
  startGuards,
} from "popagent/live/guards.ts";

const limits = {
  ...DECLARED_GUARDS,
  orderNotional: 2,
  gross: 3,
  leverage: 5,
  dailyLoss: 0.05,
  drawdown: 0.2,
  ordersPerMinute: 3,
  priceDeviation: 0.1,
  staleMinutes: 30,
};
const start = startGuards(10_000);
const order = {
  reduceOnly: false,
  notional: 15_000,
  grossAfter: 25_000,
  leverage: 5,
  deviation: -0.02,
  equity: 10_000,
  now: 1_000_000,
};
const close = { equity: 10_000, dayEnds: false, lateMinutes: 0 };

Deno.test("an order within all limits passes, and each limit refuses by its name", () => {
  assert.equal(orderRefusal(start, limits, order), null);
  const over = {
    notional: { notional: 20_001 },
    gross: { grossAfter: 30_001 },
    leverage: { leverage: 5.1 },
    deviation: { deviation: -0.11 },
  };
  assert.match(orderRefusal(start, limits, { ...order, ...over.notional })!, /^orderNotional/);
  assert.match(orderRefusal(start, limits, { ...order, ...over.gross })!, /^gross/);
  assert.match(orderRefusal(start, limits, { ...order, ...over.leverage })!, /^leverage/);
  assert.match(orderRefusal(start, limits, { ...order, ...over.deviation })!, /^priceDeviation/);
});

Deno.test("what cannot be measured is refused, not passed", () => {
  for (const field of ["notional", "grossAfter", "leverage", "deviation", "equity"] as const) {
    assert.notEqual(orderRefusal(start, limits, { ...order, [field]: NaN }), null, field);
  }
});

Deno.test("orders in one minute are counted; the fourth of three waits, also one that reduces", () => {
  let memory = start;
  for (const now of [1000, 2000, 3000]) memory = noteSent(memory, now);
  assert.match(
    orderRefusal(memory, limits, { ...order, reduceOnly: true, now: 4000 })!,
    /^ordersPerMinute: 3 sent/,
  );
  assert.equal(orderRefusal(memory, limits, { ...order, now: 61_000 }), null, "the first is a minute old");
});

Deno.test("reducing lets pass what makes positions smaller, halted nothing", () => {
  const at = (state: GuardMemory["state"]) => ({ ...start, state, rule: "x" });
  const cases = [
    ["active", false, true],
    ["active", true, true],
    ["reducing", false, false],
    ["reducing", true, true],
    ["halted", false, false],
    ["halted", true, false],
  ] as const;
  for (const [state, reduceOnly, passes] of cases) {
    assert.equal(
      orderRefusal(at(state), limits, { ...order, reduceOnly }) === null,
      passes,
      `${state} ${reduceOnly}`,
    );
  }
});

Deno.test("a daily loss leaves reducing until 00:00 UTC, a drawdown halts for good", () => {
  const lost = guardsAtClose(start, limits, { ...close, equity: 9_500 });
  assert.deepEqual([lost.memory.state, lost.breach?.rule], ["reducing", "dailyLoss"]);
  const same = guardsAtClose(lost.memory, limits, { ...close, equity: 9_500 });
  assert.deepEqual([same.memory.state, same.breach], ["reducing", null], "said once");
  const next = guardsAtClose(same.memory, limits, { ...close, equity: 9_600, dayEnds: true });
  assert.deepEqual([next.memory.state, next.memory.dayEquity], ["active", 9_600]);
  const halted = guardsAtClose(next.memory, limits, { ...close, equity: 7_990 });
  assert.deepEqual([halted.memory.state, halted.breach?.rule, halted.breach?.limit], [
    "halted",
    "drawdown",
    0.2,
  ]);
  const better = guardsAtClose(halted.memory, limits, { ...close, equity: 12_000, dayEnds: true });
  assert.equal(better.memory.state, "halted");
});

Deno.test("late bars leave reducing until one comes in time", () => {
  const late = guardsAtClose(start, limits, { ...close, lateMinutes: 31 });
  assert.deepEqual([late.memory.state, late.breach?.rule], ["reducing", "staleMinutes"]);
  assert.equal(guardsAtClose(late.memory, limits, close).memory.state, "active");
  assert.equal(
    guardsAtClose(start, limits, { ...close, equity: NaN }).memory.state,
    "halted",
    "no equity, no orders",
  );
});

Deno.test("a person's word counts at once and once; active ends a halt", () => {
  const halted = guardAsked(start, "halted");
  assert.deepEqual([halted.memory.state, halted.memory.rule, halted.breach?.to], [
    "halted",
    "asked",
    "halted",
  ]);
  assert.equal(guardAsked(halted.memory, "halted").breach, null);
  const active = guardAsked(halted.memory, "active");
  assert.deepEqual([active.memory.state, active.memory.rule], ["active", ""]);
  assert.equal(guardAsked(active.memory, "active").breach, null);
});
