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
import { validationText } from "popagent/report/text/validation_text.ts";
import { binomialTail } from "popagent/stats/binomial.ts";
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

const verdicts = (count: number, champions: number, hindsights: number) =>
  nullChecks(Array.from({ length: count }, (_, i) =>
    market(i, {
      champion: { grossT: i < champions ? 2.5 : 0, grossSharpe: .3 },
      hindsight: { grossT: i < hindsights ? 2.5 : 0 },
    }))).map(({ holds }) => holds);

// scipy.stats.binom.sf(5, 40, .05) = .0139, sf(1, 2, .05) = .0025, sf(1, 7, .05) = .0444, sf(2, 7, .05) = .0038;
// sf(7, 40, .05) = .00071, sf(3, 8, .05) = .00037. .3 lies within .23 sqrt(40 / n) up to n = 23.
Deno.test("issue 9.2: on few null markets the bounds are those that chance passes as seldom as 5 and 8 of 40", () => {
  assert.deepEqual(verdicts(2, 1, 0), [true, true, null]);
  assert.deepEqual(verdicts(2, 2, 2), [false, true, null]);
  assert.deepEqual(verdicts(7, 2, 0), [true, true, null]);
  assert.deepEqual(verdicts(7, 3, 0), [false, true, null]);
  assert.deepEqual(verdicts(8, 2, 4), [true, true, true]);
  assert.deepEqual(verdicts(24, 3, 3), [true, false, false]);
  assert.deepEqual(verdicts(80, 10, 16), [true, false, true]);
  const [first, , last] = nullChecks([
    market(1, { champion: {}, hindsight: {} }),
    market(2, {
      champion: {},
      hindsight: {},
    }),
  ]);
  assert.match(first!.rule, /at most 1 of 2 markets \(as seldom by chance as 5 of 40\)/);
  assert.match(
    validationText("null", [outcomeOf(1), outcomeOf(2)], [last!]),
    /too few markets to judge: hindsight/,
  );
});

/** A market with every strategy that a table shows. */
const outcomeOf = (seed: number) =>
  market(seed, { champion: {}, committee: {}, random: {}, ensemble: {}, staticShort: {}, hindsight: {} });

// scipy.stats.binom.sf(15, 20, .5) = .0059 and sf(7, 8, .5) = .0039; sf(18, 20, .5) = 2.0e-5 and sf(15, 16, .5) = 1.5e-5.
Deno.test("issue 9.2: on few planted markets wins and standard errors are those of 20 at the same tail", () => {
  const checks = (count: number, rows: number) =>
    plantedChecks(
      Array.from({ length: count }, (_, i) => market(i, { champion: { sharpe: 1 + i % 2 }, random: {} })),
      rows,
    );
  assert.deepEqual(checks(7, 4380).map(({ holds }) => holds), [null, true]);
  assert.deepEqual(checks(8, 4380).map(({ holds }) => holds), [true, true]);
  assert.deepEqual(checks(15, 8766).map(({ holds }) => holds), [null, true]);
  assert.deepEqual(checks(16, 8766).map(({ holds }) => holds), [true, true]);
  assert.deepEqual(checks(2, 4380).map(({ holds }) => holds), [null, false]); // t.isf(t.sf(2, 19), 1) = 10.58 errors
  assert.match(checks(10, 4380)[1]!.rule, /less 2\.15 standard errors above 0/); // t.isf(t.sf(2, 19), 9) = 2.150
});

// scipy 1.17: binom.sf(k - 1, n, p); sums of exact fractions say the same.
Deno.test("binomialTail() is scipy's", () => {
  const golden = [
    [6, 40, .05, .013876949213303623],
    [8, 40, .05, 7.115084380675616e-4],
    [19, 20, .5, 2.002716064453125e-5],
    [3, 7, .05, .00375704296875],
    [60, 100, .5, .028443966820490395],
    [0, 3, .5, 1],
    [4, 3, .5, 0],
  ] as const;
  for (const [k, n, p, tail] of golden) assertClose(binomialTail(k, n, p), tail, 1e-12 * tail);
});
