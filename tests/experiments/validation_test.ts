import assert from "node:assert/strict";
import type { StrategyName } from "popagent/experiments/strategies.ts";
import type { StrategyMetrics } from "popagent/experiments/result.ts";
import {
  compareStrategies,
  type MarketOutcome,
  nullChecks,
  plantedChecks,
  testNull,
} from "popagent/experiments/validation.ts";
import { assertClose } from "../close_to.ts";

const FLAT: StrategyMetrics = {
  sharpe: 0,
  sharpeError: 0.7,
  grossSharpe: 0,
  grossT: 0,
  totalReturn: 0,
  grossReturn: 0,
  volatility: 0.2,
  maxDrawdown: 0.1,
  hitRate: 0.5,
  turnover: 10,
  exposure: 0.5,
  fees: 0.01,
  slippage: 0.01,
  funding: 0,
  breakEvenCost: 0,
  verdicts: { pass: 1, softFail: 0 },
  refusals: 0,
  blocked: { drawdown: 0, dailyLoss: 0, coolDown: 0 },
  orders: 10,
  liquidations: 0,
  scaling: { limit: 1, wanted: 0, halved: null, cap: null },
};

function market(
  marketSeed: number,
  strategies: Partial<Record<StrategyName, Partial<StrategyMetrics>>>,
): MarketOutcome {
  return {
    marketSeed,
    strategies: Object.fromEntries(
      Object.entries(strategies).map(([name, metrics]) => [name, { ...FLAT, ...metrics }]),
    ),
  };
}

// By hand: differences 1, 2, 3, -2: mean 1, sd sqrt((0 + 1 + 4 + 9) / 3) = 2.160247, SE 1.080123; three wins.
Deno.test("compareStrategies() counts wins and gives the paired mean and its error", () => {
  const sharpes = [[2, 1], [2, 0], [3, 0], [0, 2]];
  const outcomes = sharpes.map(([a, b], i) =>
    market(i, { champion: { sharpe: a! }, random: { sharpe: b! } })
  );
  const verdict = compareStrategies(outcomes, "champion", "random");
  assert.equal(verdict.wins, 3);
  assert.equal(verdict.difference, 1);
  assert.ok(Math.abs(verdict.error - 1.0801234497) < 1e-9);
});

Deno.test("plantedChecks() asks for 19 of 20 long markets and 16 of 20 short ones", () => {
  const outcomes = Array.from(
    { length: 20 },
    (_, i) => market(i, { champion: { sharpe: i < 18 ? 1 : -0.1 }, random: { sharpe: 0 } }),
  );
  assert.deepEqual(plantedChecks(outcomes, 4380).map(({ holds }) => holds), [true, true]);
  assert.deepEqual(plantedChecks(outcomes, 8766).map(({ holds }) => holds), [false, true]);
});

// |t| > 1.959964 rejects at 5 %.
Deno.test("testNull() rejects by the two-sided normal, and nullChecks() holds its three thresholds to it", () => {
  const outcomes = Array.from({ length: 40 }, (_, i) =>
    market(i, {
      champion: { grossT: i < 5 ? -1.97 : 1.95, grossSharpe: 0.2 },
      hindsight: { grossT: i < 8 ? 2.5 : 0.5 },
    }));
  assert.equal(testNull(outcomes, "champion").rejections, 5);
  assert.deepEqual(nullChecks(outcomes).map(({ holds }) => holds), [true, true, true]);
  const leaky = outcomes.map(({ marketSeed }) =>
    market(marketSeed, { champion: { grossT: 2.2, grossSharpe: 0.5 }, hindsight: { grossT: 0 } })
  );
  assert.deepEqual(nullChecks(leaky).map(({ holds }) => holds), [false, false, false]);
});

// By hand: 0.1 and 0.3 have the mean 0.2 and, over two markets, the standard error 0.1.
Deno.test("testNull() gives the mean gross Sharpe ratio its standard error over markets", () => {
  const { meanGrossSharpe, error } = testNull(
    [market(1, { champion: { grossSharpe: .1 } }), market(2, { champion: { grossSharpe: .3 } })],
    "champion",
  );
  assertClose(meanGrossSharpe, .2, 1e-12);
  assertClose(error, .1, 1e-12);
});

Deno.test("a market without the strategy asked for is an error that names both", () => {
  assert.throws(() => testNull([market(7, {})], "champion"), /market 7 must have the strategy champion/);
});
