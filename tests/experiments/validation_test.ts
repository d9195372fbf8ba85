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
import { checkText, validationText } from "popagent/report/text/validation_text.ts";
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

/** A null market with every strategy that is judged; those named are as said, the others flat. */
const nullMarket = (seed: number, strategies: Parameters<typeof market>[1]) =>
  market(seed, {
    random: {},
    committee: {},
    mirrored: {},
    fieldMirroredEqual: {},
    fieldMirroredEqualOverSd: {},
    champion: {},
    hindsight: {},
    ...strategies,
  });

// |t| > 1.959964 rejects at 5 %.
Deno.test("testNull() rejects by the two-sided normal, and nullChecks() holds its thresholds to it", () => {
  const outcomes = Array.from({ length: 40 }, (_, i) =>
    nullMarket(i, {
      champion: { grossT: i < 5 ? -1.97 : 1.95, grossSharpe: 0.2 },
      hindsight: { grossT: i < 8 ? 2.5 : 0.5 },
    }));
  assert.equal(testNull(outcomes, "champion").rejections, 5);
  assert.deepEqual(nullChecks(outcomes).map(({ holds }) => holds), Array(8).fill(true));
  const leaky = outcomes.map(({ marketSeed }) =>
    nullMarket(marketSeed, { champion: { grossT: 2.2, grossSharpe: 0.5 }, hindsight: { grossT: 0 } })
  );
  assert.deepEqual(
    nullChecks(leaky).map(({ holds }) => holds),
    [true, false, true, true, true, true, false, false],
  );
});

// The field's mean counts from 0, a strategy from the field's mean: -.25 fails alone, and takes +.1 to .35 above it.
Deno.test("issue 12: on null markets a strategy's gross Sharpe ratio is less the field's mean, the field's its own", () => {
  const outcomes = Array.from({ length: 40 }, (_, i) =>
    nullMarket(i, {
      random: { grossSharpe: -0.25 },
      champion: { grossSharpe: -0.3 },
      committee: { grossSharpe: 0.1 },
      mirrored: { grossSharpe: -0.25 },
      fieldMirroredEqual: { grossSharpe: -0.47 },
      fieldMirroredEqualOverSd: { grossSharpe: -0.49 },
      hindsight: { grossT: 3 },
    }));
  assert.deepEqual(
    nullChecks(outcomes).map(({ holds }) => holds),
    [false, true, false, true, true, false, true, true],
  );
});

Deno.test("issue 12: one strategy of six may be told from zero in 6 of 40 null markets; two may not, nor one in 7", () => {
  const rejected = (counts: Partial<Record<StrategyName, number>>) =>
    nullChecks(Array.from({ length: 40 }, (_, i) =>
      nullMarket(
        i,
        Object.fromEntries(
          Object.entries(counts).map(([name, count]) => [name, { grossT: i < count ? 2 : 0 }]),
        ),
      )))[6]!.holds;
  assert.equal(rejected({ champion: 6, mirrored: 5, random: 5 }), true);
  assert.equal(rejected({ champion: 6, mirrored: 6 }), false);
  assert.equal(rejected({ random: 7 }), false);
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

const verdicts = (count: number, champions: number, hindsights: number) => {
  const checks = nullChecks(Array.from({ length: count }, (_, i) =>
    nullMarket(i, {
      champion: { grossT: i < champions ? 2.5 : 0, grossSharpe: .3 },
      hindsight: { grossT: i < hindsights ? 2.5 : 0 },
    })));
  return [checks[6]!, checks[1]!, checks[7]!].map(({ holds }) => holds);
};

// scipy.stats.binom.sf(6, 40, .05) = .0034 is what one of six may reach: sf(1, 2, .05) = .0025, sf(2, 7, .05) = .0038,
// sf(3, 7, .05) = .00019, sf(2, 8, .05) = .0058, sf(3, 8, .05) = .00037, sf(4, 24, .05) = .0060, sf(5, 24, .05) = .0010;
// sf(7, 40, .05) = .00071 is what flags. .3 lies within .23 sqrt(40 / n) up to n = 23.
Deno.test("issue 9.2: on few null markets the bounds are those that chance passes as seldom as 6 and 8 of 40", () => {
  assert.deepEqual(verdicts(2, 1, 0), [true, true, null]);
  assert.deepEqual(verdicts(2, 2, 2), [false, true, null]);
  assert.deepEqual(verdicts(7, 3, 0), [true, true, null]);
  assert.deepEqual(verdicts(7, 4, 0), [false, true, null]);
  assert.deepEqual(verdicts(8, 3, 4), [true, true, true]);
  assert.deepEqual(verdicts(24, 5, 3), [true, false, false]);
  assert.deepEqual(verdicts(24, 6, 7), [false, false, true]);
  assert.deepEqual(verdicts(80, 12, 16), [true, false, true]);
  assert.deepEqual(verdicts(80, 13, 16), [false, false, true]);
  const checks = nullChecks([nullMarket(1, {}), nullMarket(2, {})]);
  assert.match(checks[6]!.rule, /at most 1 of 2 markets \(as seldom by chance as 5 of 40\)/);
  assert.match(
    validationText("null", [outcomeOf(1), outcomeOf(2)], [checks[7]!]),
    /too few markets to judge: hindsight/,
  );
});

/** A market with every strategy that a table shows. */
const outcomeOf = (seed: number) => nullMarket(seed, { ensemble: {}, staticShort: {} });

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
  const two = checks(2, 4380); // t.isf(t.sf(2, 19), 1) = 10.58 errors, which two markets decide as little as two wins
  assert.deepEqual(two.map(({ holds }) => holds), [null, null]);
  assert.match(
    checkText(two[1]!),
    /^too few markets to judge: mean difference .* less 10\.58 standard errors/,
  );
  const none = Array.from(
    { length: 8 },
    (_, i) => market(i, { champion: { sharpe: i % 2 === 0 ? 1 : -1 }, random: {} }),
  );
  assert.equal(plantedChecks(none, 4380)[1]!.holds, false, "eight are enough");
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
