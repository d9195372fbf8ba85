import assert from "node:assert/strict";
import { barReturns } from "popagent/experiments/account_series.ts";
import { meanMetrics, strategyMetrics } from "popagent/experiments/metrics.ts";
import { assertAllClose, assertClose } from "../close_to.ts";
import { bookOf } from "popagent/simulation/bar_book.ts";
import { tinyAccount } from "./tiny_account.ts";

const NET = [.1, -.05, 0, .02, 0, 0];
const GROSS = [1105 / 1000 - 1, 1050.5 / 1100 - 1, 0, 1076.35 / 1045 - 1, 0, 0];

/** Annual Sharpe ratio spelled out: mean over sd (n - 1), times the root of 2190 bars. */
function sharpe(returns: readonly number[]): number {
  const mean = returns.reduce((sum, r) => sum + r, 0) / returns.length;
  const variance = returns.reduce((sum, r) => sum + (r - mean) ** 2, 0) / (returns.length - 1);
  return mean / Math.sqrt(variance) * Math.sqrt(2190);
}

Deno.test("returns net and gross of fees and slippage; funding stays in both", () => {
  assertAllClose(barReturns(tinyAccount(), "net"), NET, 1e-15);
  assertAllClose(barReturns(tinyAccount(), "gross"), GROSS, 1e-15);
});

Deno.test("an account that lost everything returns 0 from then on", () => {
  const lost = { ...tinyAccount(), equity: Float64Array.of(500, 0, 0, 0, 0, 0) };
  assertAllClose(barReturns(lost, "net"), [-.5, -1, 0, 0, 0, 0], 1e-15);
});

Deno.test("strategyMetrics() by hand", () => {
  const metrics = strategyMetrics(tinyAccount());
  const { verdicts, blocked, scaling, ...numbers } = metrics;
  const meanEquity = (1100 + 1045 + 1045 + 3 * 1065.9) / 6;
  const expected = {
    sharpe: sharpe(NET),
    grossSharpe: sharpe(GROSS),
    totalReturn: .0659,
    grossReturn: GROSS.reduce((equity, r) => equity * (1 + r), 1) - 1,
    maxDrawdown: .05,
    hitRate: 2 / 3, // of the three bars that moved
    turnover: 6000 / meanEquity / (6 / 2190),
    exposure: 1,
    fees: .0155,
    slippage: .00545,
    funding: .0003,
    breakEvenCost: (65.9 + 20.95) / 6000, // profit before costs over what was traded
    orders: 4,
    refusals: 4,
    liquidations: 1,
  };
  for (const [name, value] of Object.entries(expected)) {
    assertClose(numbers[name as keyof typeof expected]!, value, 1e-10 * Math.max(1, Math.abs(value)), name);
  }
  assert.deepEqual(verdicts, { pass: .75, softFail: .25 });
  assert.deepEqual(blocked, { drawdown: 2 / 6, dailyLoss: 1 / 6, coolDown: 3 / 6 });
  const { limit, wanted, halved, cap } = scaling;
  assertAllClose([limit, wanted, halved!, cap!], [.15, 4 / 6, 1 / 4, 2.8 / 4], 1e-15);
  const mean = .07 / 6;
  const variance = NET.reduce((sum, r) => sum + (r - mean) ** 2, 0) / 5;
  assertClose(metrics.volatility, Math.sqrt(variance * 2190), 1e-12);
  assert.ok(metrics.sharpeError! > 0 && Number.isFinite(metrics.grossT));
});

Deno.test("an account that never traded has null for what does not exist, and 0 for the rest", () => {
  const zero = new Float64Array(6);
  const flat = {
    startingEquity: 1000,
    accounts: 1,
    ledger: null,
    ...bookOf((name) => name === "equity" ? new Float64Array(6).fill(1000) : zero),
  };
  const { breakEvenCost, hitRate, sharpeError, grossT, verdicts, blocked, scaling, ...numbers } =
    strategyMetrics(
      flat,
    );
  assert.deepEqual([breakEvenCost, hitRate, sharpeError, grossT], [null, null, null, null]);
  assert.deepEqual(verdicts, { pass: null, softFail: null });
  assert.deepEqual(blocked, { drawdown: 0, dailyLoss: 0, coolDown: 0 });
  assert.deepEqual([scaling.wanted, scaling.halved, scaling.cap], [0, null, null]);
  for (const [name, value] of Object.entries(numbers)) assert.equal(value, 0, name);
});

Deno.test("meanMetrics() is the mean, metric by metric; who has no value of one has no say in it", () => {
  const one = strategyMetrics(tinyAccount());
  const other = {
    ...one,
    sharpe: one.sharpe + 1,
    orders: 0,
    verdicts: { pass: null, softFail: null },
  };
  const idle = { ...one, breakEvenCost: null, hitRate: null };
  const mean = meanMetrics([one, other, idle]);
  assertClose(mean.sharpe, one.sharpe + 1 / 3, 1e-12);
  assertClose(mean.breakEvenCost!, one.breakEvenCost!, 1e-15);
  assertClose(mean.orders, 8 / 3, 1e-12);
  assertClose(mean.hitRate!, one.hitRate!, 1e-15);
  assertClose(mean.verdicts.softFail!, 1 / 4, 1e-15); // findings A.7: who placed no order gives no 0 to the mean
  for (const name of ["totalReturn", "maxDrawdown", "turnover", "funding", "exposure"] as const) {
    assertClose(mean[name], one[name], 1e-12 * Math.abs(one[name]), name);
  }
  assert.equal(meanMetrics([idle, idle]).breakEvenCost, null);
});
