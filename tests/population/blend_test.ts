import assert from "node:assert/strict";
import fc from "fast-check";
import { BLEND_WEIGHTS, blendOver, blendParts } from "popagent/population/blend.ts";
import { SCORE_NAMES } from "popagent/population/config.ts";
import { scoreReturns, type ScoreRule } from "popagent/population/score.ts";
import { resampledScorer, scorerAt } from "popagent/population/scorer.ts";
import { pipelineShapley } from "popagent/population/credit.ts";
import { coalition, teamPipeline } from "popagent/population/members.ts";
import { assertAllClose, assertClose } from "../close_to.ts";
import { contextOf, namedMembers, steps } from "./small_run.ts";

const RULE: ScoreRule = { score: "blend", scoreHalfLife: 1440, riskAversion: 5 };
const FOREVER = 1e18; // all rows weigh 1

// By hand, two rows each. A: mean .02, sd .01; B: mean .01, sd .03; C: mean -.01, sd .01, one row without a move.
const A = Float64Array.of(.01, .03), B = Float64Array.of(.04, -.02), C = Float64Array.of(0, -.02);
const TEAMS = [A, B, C];
const blendOf = (drawn: readonly Float64Array[], halfLife = FOREVER) =>
  scorerAt({ ...RULE, scoreHalfLife: halfLife }, 0, 1, () => drawn);

Deno.test("the parts of a blend by hand: Sharpe ratio, mean return, share of positive among moves", () => {
  assertAllClose(TEAMS.flatMap((team) => [...blendParts(team, 0, 1, FOREVER)]), [
    ...[2, .02, 1],
    ...[1 / 3, .01, .5],
    ...[-1, -.01, 0],
  ], 1e-12);
  // Half-life 1: rows weigh 1/2 and 1, so B's mean is 0 and its hit rate 1/3.
  const [, profit, hitRate] = blendParts(B, 0, 1, 1);
  assertAllClose([profit, hitRate], [0, 1 / 3], 1e-15);
  assert.deepEqual(blendParts(new Float64Array(9), 0, 8, 1440), [0, 0, .5]); // never moved: neither right nor wrong
});

// Sharpe ratios 2, 1/3, -1: mean 4/9, deviations 14/9, -1/9, -13/9. Profits: mean .02/3, deviations .04/3, .01/3,
// -.05/3. Hit rates 1, 1/2, 0: deviations 1/2, 0, -1/2. All sds with n = 3 in the denominator.
const SD = [Math.sqrt(366 / 243), .01 * Math.sqrt(42 / 27), Math.sqrt(1 / 6)] as const;

Deno.test("the blend of three teams by hand: .4 Sharpe, .3 profit, .3 hit rate, each in its own sds", () => {
  assert.deepEqual([...BLEND_WEIGHTS], [.4, .3, .3]);
  assertAllClose(TEAMS.map(blendOf(TEAMS)), [
    .4 * (14 / 9) / SD[0] + .3 * (.04 / 3) / SD[1] + .3 * .5 / SD[2],
    .4 * (-1 / 9) / SD[0] + .3 * (.01 / 3) / SD[1],
    .4 * (-13 / 9) / SD[0] + .3 * (-.05 / 3) / SD[1] + .3 * -.5 / SD[2],
  ], 1e-12);
});

Deno.test("a hybrid is measured by the mean and sd of the teams drawn, and does not move them", () => {
  const hybrid = Float64Array.of(.05, .05 + 1e-9); // Sharpe ratio .05 / 2e-4, profit .05, hit rate 1
  const score = blendOf(TEAMS)(hybrid);
  assertClose(
    score,
    .4 * (250 - 4 / 9) / SD[0] + .3 * (.05 - .02 / 3) / SD[1] + .3 * .5 / SD[2],
    1e-3,
  );
  assert.notEqual(score, blendOf([...TEAMS, hybrid])(hybrid));
});

Deno.test("a part in which the drawn do not differ counts 0 for everyone, hybrids too", () => {
  const same = [A, A, A];
  assert.equal(blendOf(same)(A), 0);
  assert.equal(blendOf(same)(C), 0);
  const over = blendOver([[1, .1 + .2, .5], [2, .3, .5]]); // profits apart by rounding alone
  assertClose(over([2, 7, .9]), .4, 1e-12); // z = 1 in the first part
  const flat = [new Float64Array(2), new Float64Array(2)];
  assert.equal(blendOf(flat)(flat[0]!), 0);
});

Deno.test("scores of the teams drawn have mean 0, and stakes c times as high change none", () => {
  const team = fc.array(fc.integer({ min: -200, max: 200 }), { minLength: 12, maxLength: 12 })
    .filter((bp) => new Set(bp).size > 3) // well above the floor of the sd
    .map((bp) => Float64Array.from(bp, (x) => x * 1e-3));
  const teams = fc.array(team, { minLength: 2, maxLength: 9 });
  fc.assert(
    fc.property(teams, team, fc.double({ min: .5, max: 50, noNaN: true }), (drawn, other, stake) => {
      const scoresAt = (c: number) => {
        const scaled = (returns: Float64Array) => returns.map((r) => c * r);
        const all = drawn.map(scaled);
        return [...all, scaled(other)].map(scorerAt(RULE, 0, 11, () => all));
      };
      const once = scoresAt(1);
      assertClose(once.slice(0, -1).reduce((sum, x) => sum + x, 0), 0, 1e-9);
      assertAllClose(scoresAt(stake), once, 1e-6);
    }),
    { seed: 7 },
  );
});

Deno.test("rules that need no other team do not ask for the drawn", () => {
  const asked = () => assert.fail("asked for the teams drawn");
  for (const score of ["sharpe", "utility", "growth"] as const) {
    const rule = { ...RULE, score };
    assert.equal(scorerAt(rule, 0, 1, asked)(A), scoreReturns(A, 0, 1, rule));
  }
});

Deno.test("a resampled score is that of the resampled returns, a blend's over the drawn resampled alike", () => {
  const series = Array.from(
    { length: 6 },
    (_, k) => Float64Array.from({ length: 30 }, (_, t) => Math.sin(k + t) / 50),
  );
  const rows = Int32Array.from({ length: 20 }, (_, i) => (7 * i) % 18);
  const resampled = series.map((one) => Float64Array.from(rows, (row) => one[10 + row]!));
  for (const score of SCORE_NAMES) {
    const rule = { ...RULE, score };
    const apart = resampled.map(scorerAt(rule, 0, 19, () => resampled.slice(0, 3)));
    const scoresOf = resampledScorer(rule, 10, rows, () => series.slice(0, 3));
    assert.deepEqual([...scoresOf(series)], apart);
    assert.deepEqual(series.map((one) => scoresOf([one])[0]), apart);
  }
});

Deno.test("Shapley values of a blend sum to the team's minus the default team's", () => {
  const members = namedMembers(3);
  const team = teamPipeline(members, { analyst: 0, researcher: 1, trader: 2, risk: 0 });
  // Returns of a hybrid by who plays in it: any function of the four serves.
  const returnsOf = (pipeline: typeof team) => {
    const mask = Object.values(pipeline).map((agent, i) => agent ? (i + 1) ** 2 : 0).reduce((a, b) => a + b);
    return Float64Array.from({ length: 12 }, (_, t) => .01 * Math.sin(mask * t + 1) + 1e-4 * mask);
  };
  const drawn = [1, 2, 3].map((k) => Float64Array.from({ length: 12 }, (_, t) => .01 * Math.cos(k * t)));
  const score = scorerAt(RULE, 0, 11, () => drawn);
  const value = (pipeline: typeof team) => score(returnsOf(pipeline));
  const sum = pipelineShapley(team, value).reduce((total, x) => total + x, 0);
  assertClose(sum, value(team) - value(coalition(team, 0)), 1e-9);
});

Deno.test("a population scored by a blend learns: drawn teams average 0, and it chooses otherwise than by Sharpe", () => {
  const [blend, sharpe] = (["blend", "sharpe"] as const).map((score) => steps(contextOf({ score }), 5));
  for (const { event } of blend!) assertClose(event.meanScore, 0, 1e-12);
  const credits = (run: typeof blend) =>
    run!.map(({ event }) => event.agents.trader.map(({ credit }) => credit));
  assert.notDeepEqual(credits(blend), credits(sharpe));
});
