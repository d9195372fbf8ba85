import assert from "node:assert/strict";
import fc from "fast-check";
import { byRole, ROLES } from "popagent/genome/role.ts";
import { MIRROR_RULES, populationConfigSchema } from "popagent/population/config.ts";
import { type Draw, grid } from "popagent/population/design.ts";
import { fixedShare } from "popagent/population/mirror/fixed_share.ts";
import { addReturns, noSums, rootMeanSquares, scoresUnder } from "popagent/population/mirror/return_sums.ts";
import { addMoments, NO_MOMENTS, scaleOf, sdOf } from "popagent/population/mirror/scale.ts";
import { standingOf, summedEffects, type TeamStanding } from "popagent/population/mirror/standing.ts";
import { TRADER_MEMORIES, WEIGHT_RULES } from "popagent/population/mirror/weight_rules.ts";
import { assertAllClose, assertClose } from "../../close_to.ts";

const config = populationConfigSchema.parse({ committeeShare: 0.1 });
const TEAMS = grid([2, 3, 2, 2]);
const MEMORIES = [...new Set([720, ...TRADER_MEMORIES])];

/** Returns of each team in 40 rows, from a short list of numbers that is read round and round. */
function standingFrom(numbers: readonly number[], teams: readonly Draw[] = TEAMS, names = teams) {
  const returnsOf = (team: number) =>
    Float64Array.from(
      { length: 40 },
      (_, t) =>
        numbers[
          (t * 7 + TEAMS.findIndex((one) => one.join() === names[team]!.join()) * 13) % numbers.length
        ]!,
    );
  return standingOf(teams, addReturns(noSums(teams.length, MEMORIES), 40, returnsOf));
}

const returns = fc.array(fc.double({ min: -.05, max: .05, noNaN: true }), { minLength: 11, maxLength: 37 });

Deno.test("summed effects are exact: brute force over all teams gives the same", () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 24, maxLength: 24 }),
      (xs) => {
        const scores = byRole((role) =>
          Float64Array.from(xs, (x, i) => x * (1 + ROLES.indexOf(role)) + i / 50)
        );
        const found = summedEffects(TEAMS, scores);
        TEAMS.forEach((team, i) => {
          let expected = 0;
          ROLES.forEach((role, place) => {
            const withAgent = TEAMS.flatMap((other, j) =>
              other[place] === team[place] ? [scores[role][j]!] : []
            );
            const mean = (values: readonly number[]) => values.reduce((sum, x) => sum + x, 0) / values.length;
            expected += Math.sqrt(2190) * (mean(withAgent) - mean([...scores[role]]));
          });
          assertClose(found[i]!, expected, 1e-9);
        });
      },
    ),
    { seed: 7 },
  );
});

for (const name of MIRROR_RULES) {
  const rule = WEIGHT_RULES[name];
  Deno.test(`${name}: each candidate's weights are >= 0 and sum to 1; nobody knows an agent by its index`, () => {
    fc.assert(
      fc.property(returns, (numbers) => {
        const found = rule.candidates(standingFrom(numbers), config);
        for (const weights of found) {
          assert.ok(weights.every((weight) => weight >= 0));
          assertClose(weights.reduce((sum, weight) => sum + weight, 0), 1, 1e-12);
        }
        // the same teams told in another order of every role's agents
        const flip = ([a, b, c, d]: Draw): Draw => [1 - a, 2 - b, 1 - c, 1 - d];
        const permuted = rule.candidates(standingFrom(numbers, TEAMS, TEAMS.map(flip)), config);
        if (name === "topShare") return; // ties of credit go to the first in order
        found.forEach((weights, c) =>
          TEAMS.forEach((team, i) => {
            const there = TEAMS.findIndex((one) => one.join() === flip(team).join());
            assertClose(permuted[c]![there]!, weights[i]!, 1e-9 + 1e-6 * weights[i]!);
          })
        );
      }),
      { seed: 7, numRuns: 30 },
    );
  });
}

/** Four teams by their credit and sd alone. */
const four = (credit: number[], sd: number[]): TeamStanding => ({
  teams: [[0, 0, 0, 0], [0, 0, 1, 0], [0, 0, 2, 0], [0, 0, 3, 0]],
  credit: () => Float64Array.from(credit),
  sd: Float64Array.from(sd),
});
const one = (rule: (typeof MIRROR_RULES)[number], standing: TeamStanding, share = .002) =>
  WEIGHT_RULES[rule].candidates(standing, { ...config, committeeShare: share })[0]!;

// By hand: softmax of 0, .5, 1, .5 at temperature .5 is 1 : e : e^2 : e; over sds 1, 1, 2, 4.
Deno.test("weights by hand", () => {
  const standing = four([0, .5, 1, .5], [1, 1, 2, 4]), e = Math.E;
  const raw = [1, e, e * e / 2, e / 4], sum = raw.reduce((all, x) => all + x, 0);
  assertAllClose(one("softmax", standing), raw.map((x) => x / sum), 1e-12);
  assertAllClose(one("positivePart", four([-1, .5, 1, -.5], [1, 1, 2, 4])), [0, .5, .5, 0], 1e-12);
  assertAllClose(
    one("positivePart", four([0, 0, 0, 0], [1, 1, 2, 4])),
    [4, 4, 2, 1].map((x) => x / 11),
    1e-12,
  );
  assertAllClose(one("topShare", standing), [0, 0, 1, 0], 1e-12); // one team of 625 at least
  assertAllClose(one("topShare", standing, 2 / 625), [0, .6666666666666666, .3333333333333333, 0], 1e-12);
  assertAllClose(one("equalOverSd", standing), [4, 4, 2, 1].map((x) => x / 11), 1e-12);
  assertAllClose(one("equal", standing), [.25, .25, .25, .25], 1e-12);
});

// Gains: .02 / (.01 sqrt 4) = 1 and 0; shares .5 e : .5, of which 2 % is dealt out; nobody is ever lost.
Deno.test("fixed-share Hedge by hand", () => {
  const earned = [{ sum: .02, rows: 4, sd: .01 }, { sum: -.5, rows: 4, sd: 0 }];
  const first = .98 * Math.E / (Math.E + 1) + .01;
  assertAllClose(fixedShare([.5, .5], earned, config), [first, 1 - first], 1e-12);
  let shares = [.5, .5];
  for (let i = 0; i < 100; i++) shares = fixedShare(shares, earned, config);
  assert.ok(shares[1]! >= .01 && shares[0]! > .98 * .98);
});

// Half-life 1: weights 1/4, 1/2, 1 of .04, -.02, .01: mean (.01 - .01 + .01) / 1.75.
Deno.test("sums under a memory by hand, and brought forward in parts to the same bits", () => {
  const xs = Float64Array.of(.04, -.02, .01);
  const whole = addReturns(noSums(1, [1, Infinity]), 3, () => xs);
  assertClose(whole.first[0]! / whole.weight[0]!, .01 / 1.75, 1e-15);
  assertClose(whole.first[1]! / whole.weight[1]!, .01, 1e-15);
  assertClose(rootMeanSquares(whole, Infinity)[0]!, Math.sqrt((.0016 + .0004 + .0001) / 3), 1e-15);
  const mean = .01, sd = Math.sqrt(.0021 / 3 - mean * mean);
  assertClose(scoresUnder(whole, Infinity)[0]!, mean / sd, 1e-12);
  const parts = addReturns(addReturns(noSums(1, [1, Infinity]), 1, () => xs), 2, () => xs.subarray(1));
  assert.deepEqual(parts, whole);
});

// .25 a year is .25 / sqrt 2190 a bar: at an sd of .01 a bar the factor is .5342; ten is the most.
Deno.test("the scale by hand; before the first window members count as if they moved as one", () => {
  const moments = addMoments(NO_MOMENTS, Float64Array.of(.01, -.01, .01, -.01));
  assertClose(sdOf(moments), .01, 1e-15);
  const standing = four([0, 0, 0, 0], [.01, .02, .03, .04]);
  assertClose(scaleOf(moments, [1, 0, 0, 0], standing), .25 / (.01 * Math.sqrt(2190)), 1e-12);
  assertClose(scaleOf(NO_MOMENTS, [.5, 0, 0, .5], standing), .25 / (.025 * Math.sqrt(2190)), 1e-12);
  assert.equal(scaleOf(NO_MOMENTS, [1, 0, 0, 0], four([0, 0, 0, 0], [2e-4, 1, 1, 1])), 10);
});
