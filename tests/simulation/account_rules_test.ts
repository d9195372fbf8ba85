import assert from "node:assert/strict";
import { ACCOUNT, createAccount, readAccount, writeAccount } from "popagent/simulation/account.ts";
import { createArena } from "popagent/simulation/arena.ts";
import { zeroCosts } from "popagent/simulation/costs.ts";
import { plainSimulation, runAccount } from "popagent/simulation/event_loop.ts";
import { DECLARED_COINS, INSTRUMENTS } from "popagent/core/universe.ts";
import { createPlan } from "popagent/simulation/plan.ts";
import { flat, trade } from "./hand_trade.ts";
import { type HandBar, handPanel, wideLimits } from "./small_market.ts";

Deno.test("a stop bars its side for the decisions of six rows, its own included", () => {
  const bars = [
    flat(100),
    { bar: [100, 100, 90, 90] } as HandBar,
    ...Array.from({ length: 10 }, () => flat(90)),
  ];
  const { fills } = trade(bars, () => ({ conviction: 1, stop: 0.05 }));
  // Stopped in row 1: the decisions of rows 1..6 are barred, that of row 7 fills in row 8.
  assert.deepEqual(fills, ["1 entry 100", "1 stop 95", "8 entry 90"]);
});

Deno.test("findings A.10: a change of sign ends a cooldown, a mere 0 does not", () => {
  const bars = [
    flat(100),
    { bar: [100, 100, 90, 90] } as HandBar,
    ...Array.from({ length: 9 }, () => flat(90)),
  ];
  const zero = trade(bars, (row) => ({ conviction: row === 2 ? 0 : 1, stop: 0.05 }));
  assert.deepEqual(zero.fills, ["1 entry 100", "1 stop 95", "8 entry 90"]); // barred to the decision of row 6
  assert.equal(zero.run.totals.pass, 2); // barred wishes are no orders and get no verdict
  const turned = trade(bars, (row) => ({ conviction: row === 2 ? -1 : 1, stop: 0.05 }));
  assert.deepEqual(turned.fills.slice(0, 5), [
    "1 entry 100",
    "1 stop 95",
    "3 entry 90",
    "4 close 90",
    "4 entry 90",
  ]);
});

Deno.test("the daily loss refuses what enlarges until 00:00 UTC, and lets a flip close", () => {
  // Long 5,000 at 100; row 1 closes at 80: equity 9,000, a day's loss of 10 %. Row 5 closes at 00:00.
  const bars = [
    flat(100),
    { bar: [100, 100, 80, 80] } as HandBar,
    ...Array.from({ length: 6 }, () => flat(80)),
  ];
  const { fills, run } = trade(
    bars,
    (row) => ({ conviction: row === 0 ? 1 : -1 }),
    { limits: wideLimits(bars.length, { dailyLoss: 0.1 }) },
  );
  assert.deepEqual(fills, ["1 entry 100", "2 close 80", "6 entry 80"]);
  assert.equal(run.totals.hardFail, 1); // one refusal, from the decision of row 1 to that of row 4
  assert.equal(run.totals.dailyBlockedRows, 4);
});

Deno.test("the maximum drawdown closes all, pauses 42 decisions and restarts the peak", () => {
  const bars = [
    flat(100),
    { bar: [100, 100, 80, 80] } as HandBar,
    ...Array.from({ length: 60 }, () => flat(80)),
  ];
  const { fills, run } = trade(
    bars,
    () => ({ conviction: 1 }),
    { limits: wideLimits(bars.length, { maxDrawdown: 0.1 }), drawdown: "pause" },
  );
  // Decisions of rows 1..42 are refused; row 43 decides again from a peak of 9,000.
  assert.deepEqual(fills, ["1 entry 100", "2 close 80", "44 entry 80"]);
  assert.equal(run.account[ACCOUNT.peak], 9_000);
  assert.equal(run.totals.hardFail, 1); // from the second of the 42 on: the first held a position as wished
  assert.equal(run.totals.pausedRows, 42);
});

Deno.test("a resting entry fills on a trade-through alone, at its price, and rests as long as its plan says", () => {
  const limited = () => ({ conviction: 1, limitOffset: 0.05, limitRows: 3 });
  // Placed at the close of row 0 at 95 for rows 1..3; a low of 95 touches, 94.9 is a tick through.
  const touched: HandBar = { bar: [100, 100, 95, 100] }, through: HandBar = { bar: [100, 100, 94.9, 100] };
  assert.deepEqual(trade([flat(100), touched, flat(100), through], limited).fills, ["3 limit 95"]);
  // Expired after row 3: the next is placed at the close of row 3, at 110 x .95.
  const late = trade([flat(100), flat(100), flat(100), flat(110), { bar: [110, 110, 104, 110] }], limited);
  assert.deepEqual(late.fills, ["4 limit 104.5"]);
  assert.equal(late.run.totals.pass, 2);
  // findings A.6: a bar that opens below it fills it at its own price, as a maker: no order in a book gets a better one.
  const { fills, listed } = trade([flat(100), { bar: [94, 96, 93, 95] }], limited, {
    costs: { ...zeroCosts, makerFee: 0.0002, takerFee: 0.00055 },
  });
  assert.deepEqual(fills, ["1 limit 95"]);
  assert.ok(Math.abs(listed[0]!.fee / (listed[0]!.quantity * 95) - 0.0002) < 1e-12);
});

Deno.test("a resting entry may be stopped in its own bar, but takes no profit there", () => {
  const wishes = () => ({ conviction: 1, limitOffset: 0.05, limitRows: 1, stop: 0.06, target: 0.02 });
  assert.deepEqual(trade([flat(100), { bar: [100, 100, 94, 99] }], wishes).fills, ["1 limit 95"]); // high 100 > 96.9
  const fallen = trade([flat(100), { bar: [100, 100, 89, 99] }], wishes);
  assert.deepEqual(fallen.fills, ["1 limit 95", "1 stop 89.3"]); // 95 x .94
});

Deno.test("a resting entry goes when the plan no longer wants more on its side", () => {
  const dip: HandBar = { bar: [100, 100, 90, 100] };
  const { fills } = trade([flat(100), flat(100), dip], (row) => ({
    conviction: row === 0 ? 1 : 0,
    limitOffset: 0.05,
    limitRows: 10,
  }));
  assert.deepEqual(fills, []);
});

Deno.test("stop and target in one bar: the stop; a gap: the open for a stop, its own price for a target; a target: through by a tick", () => {
  const long = () => ({ conviction: 1, stop: 0.05, target: 0.05 });
  assert.deepEqual(trade([flat(100), { bar: [100, 110, 90, 100] }], long).fills, [
    "1 entry 100",
    "1 stop 95",
  ]);
  assert.deepEqual(trade([flat(100), flat(100), flat(90)], long).fills, ["1 entry 100", "2 stop 90"]);
  assert.deepEqual(trade([flat(100), flat(100), flat(110)], long).fills, ["1 entry 100", "2 target 105"]);
  assert.deepEqual(trade([flat(100), { bar: [100, 105, 100, 100] }], long).fills, ["1 entry 100"]);
  assert.deepEqual(trade([flat(100), { bar: [100, 105.1, 100, 100] }], long).fills, [
    "1 entry 100",
    "1 target 105",
  ]);
});

Deno.test("an increase is cut to the free cash", () => {
  // Twice the equity at 1x cannot be paid for: half of it fills, and no more cash is left.
  const { run } = trade(
    [flat(100), flat(100)],
    () => ({ conviction: 1, baseSize: 2 }),
    { limits: wideLimits(2, { maxPosition: 2, marginBuffer: -1 }) },
  );
  assert.equal(run.account[ACCOUNT.tradedNotional], 10_000);
});

Deno.test("runAccount() refuses rows that do not follow one another", () => {
  const arena = createArena(
    handPanel({ BTC: Array.from({ length: 10 }, () => flat(100)) }),
    zeroCosts,
    INSTRUMENTS,
  );
  const account = createAccount(DECLARED_COINS.length);
  const options = { adoptTeam: false, record: null, trace: null };
  const run = (from: number, to: number) =>
    runAccount(account, arena, createPlan(9, DECLARED_COINS.length), wideLimits(9), from, to, options);
  assert.throws(() => run(0, 3), /Cannot run an account as 1 <= from/);
  run(1, 4);
  assert.throws(() => run(5, 6), /its last row is 3/);
  assert.throws(() => run(4, 11), /<= 10 must hold/);
  run(4, 10);
});

Deno.test("an account survives JSON; a short or broken one is refused", () => {
  const account = createAccount(DECLARED_COINS.length, 5_000);
  assert.deepEqual(readAccount(JSON.parse(JSON.stringify(writeAccount(account)))), account);
  assert.throws(() => readAccount([1, 2, 3]), /finite numbers/);
  assert.throws(() => createAccount(DECLARED_COINS.length, 0), /must be > 0/);
  assert.equal(plainSimulation.startingEquity, createAccount(DECLARED_COINS.length)[ACCOUNT.equity]);
});
