/** Golden values of R12: protocol section 2; those that are not there by empyrical 0.7.1 or by hand. */
import assert from "node:assert/strict";
import { type AccountMetrics, accountMetricsSchema } from "popagent/experiments/metrics/schema.ts";
import { accountMetrics } from "popagent/experiments/metrics/account_metrics.ts";
import { BAR_MS } from "popagent/core/universe.ts";
import { bookOf } from "popagent/simulation/bar_book.ts";
import { assertClose } from "../close_to.ts";
import { r12 } from "../golden_data.ts";

/** An account that earned these returns, with half of its equity in the market in every second bar. */
function accountOf(returns: ArrayLike<number>) {
  let level = 1000;
  const equity = Float64Array.from(returns, (r) => level *= 1 + r);
  const zero = new Float64Array(returns.length);
  const book = bookOf((name) => name === "equity" ? equity : zero);
  return {
    startingEquity: 1000,
    accounts: 1,
    ...book,
    grossExposure: zero.map((_, i) => i % 2 === 0 ? .5 : 0),
    tradedNotional: zero.map((_, i) => i === 0 ? 500 : 0),
    ledger: null,
  };
}

function metricsOf(returns: ArrayLike<number>): AccountMetrics {
  const openTime = Float64Array.from(returns, (_, i) => Date.UTC(2024, 0, 30, 20) + i * BAR_MS);
  return accountMetrics(accountOf(returns), { from: 0, openTime, coins: [] });
}

Deno.test("accountMetrics() of R12: the golden values of the protocol", () => {
  const metrics = metricsOf(r12);
  const golden: readonly (readonly [number | null, number])[] = [
    [metrics.sortino, 16.7313816],
    [metrics.calmar, 256.1510506],
    [metrics.growthCalmar, 53998.353663541384],
    [metrics.growth, 1615.8332354394045],
    [metrics.loSharpe, 1.1936829 * Math.sqrt(365)],
    [metrics.ulcer, .01117483],
    [metrics.profitFactor, 1.7],
    [metrics.tails.historical5.valueAtRisk, .025],
    [metrics.tails.historical5.expectedShortfall, .025],
    [metrics.tails.interpolated5, .02225],
    [metrics.tails.normal5.valueAtRisk, .0231935],
    [metrics.tails.normal5.expectedShortfall, .0299747],
    [metrics.tails.cornishFisher5.valueAtRisk, .0247799],
    [metrics.timeInMarket, .5],
    [metrics.maxExposure, .5],
    [metrics.tradedPerBar, .5 / 12],
  ];
  golden.forEach(([actual, expected], i) => assertClose(actual! / expected, 1, 3e-6, `value ${i}`));
  assert.deepEqual(metrics.drawdown, { longest: 7, current: 0, share: 9 / 12 });
  assert.deepEqual(metrics.months.map(({ year, month, bars }) => [year, month, bars]), [[2024, 1, 7], [
    2024,
    2,
    5,
  ]]);
  assert.equal(metrics.coinProfit, null);
  assert.equal(metrics.roundTrips, null);
  accountMetricsSchema.parse(metrics);
});

Deno.test("what does not exist is null: nothing moved, nothing was lost", () => {
  const flat = metricsOf(new Float64Array(8));
  for (
    const name of [
      "loSharpe",
      "autocorrelation",
      "sortino",
      "calmar",
      "growthCalmar",
      "tailRatio",
      "skew",
      "kurtosis",
      "profitFactor",
    ] as const
  ) assert.equal(flat[name], null, name);
  assert.deepEqual([flat.growth, flat.ulcer, flat.drawdown.longest], [0, 0, 0]);
  assert.ok(Object.is(flat.tails.normal5.valueAtRisk, 0), "no sign on a zero, or the stored value differs");
  const winner = metricsOf([.01, .02, 0, .01, 0, .03]);
  assert.deepEqual(
    [winner.sortino, winner.calmar, winner.growthCalmar, winner.profitFactor],
    [null, null, null, null], // infinite
  );
  accountMetricsSchema.parse(flat);
  accountMetricsSchema.parse(winner);
});
