/** Findings C.5: scores and distributions at their limits, ties, and one common set of levels. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { ece, equalMassBins } from "../../src/stats/calibration.ts";
import { chiSquareTail } from "../../src/stats/chi_square.ts";
import { crpsOfQuantiles, denseLevels } from "../../src/stats/crps_quantiles.ts";
import { normalCdf, normalInverse, twoSidedNormal } from "../../src/stats/normal.ts";
import { brierSkill } from "../../src/stats/probability_scores.ts";
import { crpsEnsemble, crpsNormal, crpsStudent } from "../../src/stats/proper_scores.ts";
import { studentCdf, studentInverse, twoSidedStudent } from "../../src/stats/student.ts";
import { assertAllClose, assertClose } from "../close_to.ts";
import { normals } from "../golden_data.ts";

Deno.test("findings C.5: brierSkill() of one class is null, not -Infinity", () => {
  assert.equal(brierSkill([.1, .2, .3], [0, 0, 0]), null);
  assert.equal(brierSkill([.9, .8], [1, 1]), null);
  assertClose(brierSkill([.5, .5], [0, 1])!, 0, 1e-15);
});

Deno.test("findings C.5: distributions at infinity, and no p-value of NaN", () => {
  for (const degrees of [1, 5, 29.5, 4379]) {
    assert.deepEqual([studentCdf(Infinity, degrees), studentCdf(-Infinity, degrees)], [1, 0]);
    assert.deepEqual([twoSidedStudent(Infinity, degrees), twoSidedStudent(-Infinity, degrees)], [0, 0]);
    assert.equal(twoSidedStudent(0, degrees), 1);
    assert.equal(chiSquareTail(Infinity, degrees), 0);
    assert.deepEqual([chiSquareTail(0, degrees), chiSquareTail(-1, degrees)], [1, 1]);
    assert.throws(() => twoSidedStudent(NaN, degrees), /must be a number: current value is NaN/);
    assert.throws(() => chiSquareTail(NaN, degrees), /must be a number: current value is NaN/);
  }
  assert.deepEqual([normalCdf(Infinity), normalCdf(-Infinity), twoSidedNormal(Infinity)], [1, 0, 0]);
  assert.throws(() => twoSidedNormal(NaN), /must be a number: current value is NaN/);
  assert.throws(() => chiSquareTail(1, 0), /degrees of freedom must be > 0/);
});

// scipy.stats.chi2.sf: one minus a distribution function would give 0.
Deno.test("findings C.5: small tails keep their digits", () => {
  assertClose(chiSquareTail(200, 3) / 4.218541107192018e-43, 1, 1e-12);
  assertClose(twoSidedStudent(40, 100) / (2 * 1.2310538010700354e-63), 1, 1e-12);
});

Deno.test("findings C.5: equalMassBins() keeps equal forecasts together, so the order of the input does not matter", () => {
  // three of .5 straddle the border of two bins of three: their middle rank falls in the second
  assert.deepEqual(equalMassBins([.1, .2, .5, .5, .5, .9], [0, 1, 1, 0, 1, 1], 2).map(({ count }) => count), [
    2,
    4,
  ]);
  const pairs = fc.array(
    fc.tuple(fc.integer({ min: 0, max: 4 }).map((k) => k / 4), fc.integer({ min: 0, max: 1 })),
    { minLength: 2, maxLength: 14 },
  );
  fc.assert(
    fc.property(pairs, fc.integer({ min: 1, max: 5 }), (rows, bins) => {
      const value = (some: typeof rows) =>
        ece(equalMassBins(some.map(([p]) => p), some.map(([, y]) => y), bins));
      assertClose(value(rows.toReversed()), value(rows), 1e-14);
    }),
    { seed: 7 },
  );
  const apart = equalMassBins([.1, .2, .3, .4, .5, .6, .7], [0, 0, 0, 0, 0, 0, 0], 3); // no ties: as it was
  assert.deepEqual(apart.map(({ count }) => count), [3, 2, 2]);
});

// Closed form 1 / sqrt(pi) = .5641896; scipy's 2 mean phi(q) over these 99 levels .5642422607 (tests/oracles).
Deno.test("findings C.5: a perfect N(0, 1) forecast scores .564 on a dense set of levels, not .37 to .50", () => {
  const levels = denseLevels(99), quantiles = levels.map(normalInverse);
  const outcomes = denseLevels(4001).map(normalInverse); // N(0, 1) itself, without Monte Carlo error
  const mean = (score: (y: number) => number) =>
    outcomes.reduce((sum, y) => sum + score(y), 0) / outcomes.length;
  assertClose(mean((y) => crpsOfQuantiles(levels, quantiles, y)), 0.5642422607277785, 2e-4);
  assertClose(mean((y) => crpsNormal(0, 1, y)), 1 / Math.sqrt(Math.PI), 2e-4);
  const few = [.1, .5, .9], stated = few.map(normalInverse);
  assert.ok(mean((y) => crpsOfQuantiles(few, stated, y)) < .55, "a few levels alone score too low");
});

// scoringrules.quantile_score at 99 levels, N(0, 1), y = .3
Deno.test("findings C.5: crpsOfQuantiles() matches scoringrules, and the closed forms of any distribution", () => {
  const levels = denseLevels(99);
  assertClose(crpsOfQuantiles(levels, levels.map(normalInverse), .3), 0.26939482009366755, 1e-14);
  const finer = denseLevels(2000);
  for (const y of [-2, 0, .3, 1.5]) {
    assertClose(crpsOfQuantiles(finer, finer.map(normalInverse), y), crpsNormal(0, 1, y), 1e-6);
    assertClose(
      crpsOfQuantiles(finer, finer.map((p) => studentInverse(p, 5)), y),
      crpsStudent(0, 1, 5, y),
      1e-5,
    );
  }
  const members = normals(90, 50).sort(); // an ensemble's own quantiles at (k - 1/2) / 50
  assertClose(crpsOfQuantiles(denseLevels(50), members, .2), crpsEnsemble(members, .2), 1e-14);
});

// By hand: levels .2 and .6 stand for (0, .4) and (.4, 1); y = 1, quantiles 0 and 2: losses .2 and .4; 2 (.08 + .24).
Deno.test("findings C.5: crpsOfQuantiles() weighs levels by what they stand for, and refuses what is not a set of levels", () => {
  assertClose(crpsOfQuantiles([.2, .6], [0, 2], 1), .64, 1e-15);
  assertAllClose(denseLevels(4), [.125, .375, .625, .875], 1e-16);
  assert.throws(() => crpsOfQuantiles([.6, .2], [0, 2], 1), /ascend in \(0, 1\): current value at 1 is 0.2/);
  assert.throws(() => crpsOfQuantiles([0, .2], [0, 2], 1), /current value at 0 is 0/);
  assert.throws(() => crpsOfQuantiles([.2, .6], [0, NaN], 1), /finite number: current value at 1 is NaN/);
});
