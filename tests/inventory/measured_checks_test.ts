/** Risk checks on plans worked by hand: what is measured, what is granted, and what a person is told. */
import assert from "node:assert/strict";
import { createMemo } from "popagent/core/memo.ts";
import { viewMarket } from "popagent/features/market_view.ts";
import { POOLS } from "popagent/inventory/pools.ts";
import { NOTHING } from "popagent/inventory/risk/checks/measured_check.ts";
import { tailLosses } from "popagent/inventory/risk/checks/tail_losses.ts";
import { verdictAt } from "popagent/inventory/risk/checks/verdict.ts";
import { selectingCheck } from "popagent/inventory/selection/selected_check.ts";
import { syntheticMarket } from "popagent/market/synthetic/synthetic_market.ts";
import { createPlan, PLAN, planIndex } from "popagent/simulation/plan.ts";

const ROWS = 700;
const { panel } = syntheticMarket({ seed: 4, rows: ROWS, mode: "default", ic: 0 });
const market = viewMarket(panel, createMemo(2 ** 24));
const GENES = { maxLeverage: 4, maxPosition: 0.3, marginBuffer: 0.2, dailyLoss: 0.03, maxDrawdown: 0.1 };
const checks = POOLS["risk.checks"];

/** Wants the same of the named coins at every row: conviction 1 and this margin share and leverage. */
function planOf(coins: readonly number[], baseSize = 0.2, leverage = 3) {
  const plan = createPlan(ROWS, 5);
  for (let row = 0; row < ROWS; row++) {
    for (const coin of coins) {
      const at = planIndex(5, row, coin);
      plan.values[at + PLAN.conviction] = 1;
      plan.values[at + PLAN.baseSize] = baseSize;
      plan.values[at + PLAN.leverage] = leverage;
    }
  }
  return plan;
}
const inputOf = (plan: ReturnType<typeof planOf>) => ({ plan, market, genes: GENES });
const said = (key: string, plan: ReturnType<typeof planOf>, row: number, genes = {}) =>
  verdictAt(checks[key]!, inputOf(plan), { ...checks[key]!.start, ...genes }, row);

Deno.test("tail losses: the quantile and the mean beyond it, times the root of a day", () => {
  // 250 rows of which the worst are -.10, -.09 .. -.01 and all others 0: at 2 % five count.
  const returns = new Float64Array(250);
  for (let i = 0; i < 10; i++) returns[20 * i] = -(i + 1) / 100;
  const { valueAtRisk, shortfall } = tailLosses(returns, 0.02);
  assert.equal(valueAtRisk[248], 0, "warming up");
  assert.ok(Math.abs(valueAtRisk[249]! - 0.06 * Math.sqrt(6)) < 1e-12);
  assert.ok(Math.abs(shortfall[249]! - 0.08 * Math.sqrt(6)) < 1e-12);
});

Deno.test("exposure limits: the coin or the whole, whichever uses more of its limit", () => {
  // Three coins of .2 margin at 3x: gross 1.8 of 4 is 45 %; .2 of .3 margin is 66.7 %. Headroom .9: pass.
  assert.equal(said("exposureLimits", planOf([0, 1, 2]), 300).verdict, "pass");
  // .45 margin of .3 is 150 %: cut to .9 / 1.5 = 60 % of 4 times, 2.4, of the 6.75 that are wanted.
  const cut = said("exposureLimits", planOf([0, 1, 2, 3, 4], 0.45), 300);
  assert.equal(cut.verdict, "soft_fail");
  // gross 6.75 of 4 is 168.75 %, more than 150 %: 4 x .9 / 1.6875 = 2.1333
  assert.ok(Math.abs(cut.granted - 4 * 0.9 / 1.6875) < 1e-12);
  assert.match(cut.reason, /use of its leverage or position limit.*169 %, over the headroom of 90 %/);
  assert.match(cut.reason, /wants 6\.75 times equity and gets 2\.13 times, of a limit of 4 times/);
});

Deno.test("concentration: one coin is 1, and coins of one risk are one over their number", () => {
  const { share } = checks.concentration!.run(inputOf(planOf([2])), { maxConcentration: 0.5 });
  assert.equal(share[400], 0.5);
  const five = checks.concentration!.run(inputOf(planOf([0, 1, 2, 3, 4])), { maxConcentration: 0.5 });
  assert.equal(five.share[400], 1);
});

Deno.test("daily loss: less from half of the day's limit on, nothing at all of it, until 00:00 UTC", () => {
  const plan = planOf([0, 1, 2, 3, 4], 0.2, 4); // 4 times equity: a bad day comes soon
  const { share } = checks.dailyLoss!.run(inputOf(plan), { dailyShare: 0.8 });
  const stopped = share.indexOf(NOTHING);
  assert.ok(stopped > 0, "it was stopped");
  const next = share.indexOf(1, stopped);
  assert.ok(next - stopped <= 6, "and began anew with the day");
  assert.equal(new Date(panel.openTime[next]! + 4 * 3_600_000).getUTCHours() % 24, 0);
  const { verdict, reason } = said("dailyLoss", plan, stopped);
  assert.equal(verdict, "hard_fail");
  assert.match(reason, /loss of the plan's paper account since 00:00 UTC is .* far over .*gets nothing/);
});

Deno.test("trailing stop: rests for its rows, then begins anew", () => {
  const { share } = checks.trailingStop!.run(inputOf(planOf([0, 1, 2, 3, 4], 0.2, 4)), {
    trail: 0.05,
    restRows: 10,
  });
  const stopped = share.indexOf(NOTHING);
  assert.ok(stopped > 0);
  assert.deepEqual([...share.subarray(stopped, stopped + 10)], new Array(10).fill(NOTHING));
  assert.equal(share[stopped + 10], 1);
});

Deno.test("liquidation safety: at the leverage granted, the large move leaves the position alive", () => {
  const plan = planOf([4]), genes = { safetyMoves: 8 };
  const { share } = checks.liquidationSafety!.run(inputOf({ ...plan }), genes);
  const { measured } = (checks.liquidationSafety as unknown as {
    measure: (input: unknown, genes: unknown) => { measured: Float64Array };
  }).measure(inputOf(plan), genes);
  for (const row of [200, 400, 699]) {
    if (share[row]! === 1) continue;
    assert.ok(
      Math.abs(measured[row]! * share[row]! - 1) < 1e-9,
      "move and maintenance margin take all of it",
    );
  }
  assert.ok(share.some((value) => value < 1));
});

Deno.test("a check that measures nothing says what it leaves, and one that chooses says what it chose", () => {
  const plan = planOf([0, 1, 2, 3, 4], 0.25, 4);
  const { share } = checks.valueAtRisk!.run(inputOf(plan), checks.valueAtRisk!.start);
  const row = share.findIndex((value) => value < 1), left = Number((100 * share[row]!).toPrecision(3));
  assert.ok(
    said("valueAtRisk", plan, row).cause.endsWith(`value at risk: ${left} % of the leverage limit is left`),
  );
  assert.match(said("fixed", plan, row).cause, /as they stand: the whole of the leverage limit is left$/);
  const { trailingStop, concentration } = checks;
  const chooser = selectingCheck({ trailingStop: trailingStop!, concentration: concentration! });
  const chosen = chooser.keys[chooser.select(inputOf(plan), chooser.start).chosen[row]!]!;
  const { reason, granted } = verdictAt(chooser, inputOf(plan), chooser.start, row);
  assert.ok(reason.startsWith(`Chosen here: ${chosen}. ${said(chosen, plan, row).cause}`));
  assert.equal(granted, said(chosen, plan, row).granted);
});

Deno.test("every check tells a person why, at pass, soft fail and hard fail", () => {
  for (const key of Object.keys(checks)) {
    const plan = planOf([0, 1, 2, 3, 4], 0.25, 4),
      { share } = checks[key]!.run(inputOf(plan), checks[key]!.start);
    for (
      const row of [
        300,
        share.indexOf(NOTHING),
        share.findIndex((value) => value < 1 && value > NOTHING),
      ]
    ) {
      if (row < 0) continue;
      const { verdict, reason, granted, wanted } = said(key, plan, row);
      assert.ok(reason.length > 20 && reason.includes("wants"), `${key}: ${reason}`);
      assert.equal(verdict === "pass", granted >= wanted - 1e-9, `${key} at ${row}`);
    }
  }
});

Deno.test("no check asks for the future: a plan that wants nothing passes everywhere", () => {
  for (const key of Object.keys(checks)) {
    assert.equal(said(key, createPlan(ROWS, 5), 500).verdict, "pass", key);
  }
});
