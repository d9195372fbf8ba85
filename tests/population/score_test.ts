import assert from "node:assert/strict";
import fc from "fast-check";
import {
  argmax,
  type OwnScoreRule,
  scoreResampled,
  scoreReturns,
  zScores,
} from "popagent/population/score.ts";
import { assertAllClose, assertClose } from "../close_to.ts";
import { normals } from "../golden_data.ts";

const rule = (score: OwnScoreRule["score"], scoreHalfLife = 1440): OwnScoreRule => ({
  score,
  scoreHalfLife,
  riskAversion: 5,
});
const THREE = Float64Array.of(.01, -.02, .03);

// By hand with half-life 1: weights 1/4, 1/2, 1; mean .0225/1.75, mean square .001125/1.75,
// sd = sqrt(.001125 x 1.75 - .0225^2)/1.75 = sqrt(.0014625)/1.75.
Deno.test("scoreReturns() weighs as worked by hand", () => {
  assertClose(scoreReturns(THREE, 0, 2, rule("sharpe", 1)), .0225 / Math.sqrt(.0014625), 1e-12);
  assertClose(scoreReturns(THREE, 0, 2, rule("utility", 1)), .0225 / 1.75 - 2.5 * .001125 / 1.75, 1e-15);
  const growth = (.25 * Math.log(1.01) + .5 * Math.log(.98) + Math.log(1.03)) / 1.75;
  assertClose(scoreReturns(THREE, 0, 2, rule("growth", 1)), growth, 1e-15);
});

Deno.test("scoreReturns() equals the weights of the definition, whatever the half-life", () => {
  const returns = fc.array(fc.double({ min: -.2, max: .2, noNaN: true }), { minLength: 3, maxLength: 40 });
  fc.assert(
    fc.property(returns, fc.double({ min: 1, max: 5000, noNaN: true }), (values, halfLife) => {
      const at = values.length - 1;
      const weights = values.map((_, s) => 2 ** (-(at - s) / halfLife));
      const mean = (f: (r: number) => number) =>
        values.reduce((sum, r, s) => sum + weights[s]! * f(r), 0) / weights.reduce((sum, w) => sum + w, 0);
      const centre = mean((r) => r);
      const sd = Math.sqrt(mean((r) => (r - centre) ** 2));
      fc.pre(sd > 1e-3);
      assertClose(
        scoreReturns(Float64Array.from(values), 0, at, rule("sharpe", halfLife)),
        centre / sd,
        1e-8,
      );
    }),
    { seed: 7 },
  );
});

Deno.test("scoreReturns() reads rows from..at only, and a half-life of h halves what is h rows old", () => {
  const padded = Float64Array.of(NaN, NaN, ...THREE, NaN);
  assert.equal(scoreReturns(padded, 2, 4, rule("sharpe")), scoreReturns(THREE, 0, 2, rule("sharpe")));
  const utility = { ...rule("utility", 3), riskAversion: 0 };
  // Four rows, half-life 3: the first weighs 1/2. Weights 1/2, 2^(-2/3), 2^(-1/3), 1.
  const total = .5 + 2 ** (-2 / 3) + 2 ** (-1 / 3) + 1;
  assertClose(scoreReturns(Float64Array.of(.08, 0, 0, 0), 0, 3, utility), .04 / total, 1e-15);
});

Deno.test("an account that never traded scores exactly 0, by any rule", () => {
  for (const score of ["sharpe", "utility", "growth"] as const) {
    assert.equal(scoreReturns(new Float64Array(50), 0, 49, rule(score)), 0);
  }
});

Deno.test("the sd has a floor of 2e-4: hardly moving is not a high Sharpe ratio", () => {
  assertClose(scoreReturns(new Float64Array(50).fill(1e-4), 0, 49, rule("sharpe")), 0.5, 1e-9);
  const alternating = Float64Array.from({ length: 400 }, (_, t) => 1e-5 + (t % 2 ? 1e-6 : -1e-6));
  assertClose(scoreReturns(alternating, 0, 399, rule("sharpe")), 1e-5 / 2e-4, 1e-3);
});

Deno.test("leverage leaves the Sharpe ratio as it is and raises growth", () => {
  const twice = THREE.map((r) => 2 * r);
  assertClose(
    scoreReturns(twice, 0, 2, rule("sharpe")),
    scoreReturns(THREE, 0, 2, rule("sharpe")),
    1e-12,
  );
  assert.ok(scoreReturns(twice, 0, 2, rule("growth")) > scoreReturns(THREE, 0, 2, rule("growth")));
});

Deno.test("growth survives an account that lost everything", () => {
  assert.ok(Number.isFinite(scoreReturns(Float64Array.of(.1, -1, 0), 0, 2, rule("growth"))));
});

// By hand: 1, 2, 3 have mean 2 and population sd sqrt(2/3).
Deno.test("zScores() by hand; no spread gives zeros", () => {
  assertAllClose(zScores([1, 2, 3]), [-Math.sqrt(1.5), 0, Math.sqrt(1.5)], 1e-15);
  assert.deepEqual(zScores([.3, .3, .3]), [0, 0, 0]);
  assert.deepEqual(zScores([0, 0]), [0, 0]);
  assert.deepEqual(zScores([.1 + .2, .3, .3]), [0, 0, 0]); // apart by rounding alone
});

Deno.test("argmax() gives ties to the lower index", () => {
  assert.equal(argmax([1, 3, 2, 3]), 1);
  assert.equal(argmax([0, 0, 0]), 0);
});

Deno.test("findings C.3: argmax() refuses a NaN, which in the first place would stay best", () => {
  assert.throws(() => argmax([NaN, 1, 2]), /every value must be a number: value 0 is NaN/);
  assert.throws(() => argmax([1, NaN]), /value 1 is NaN/);
  assert.equal(argmax([-Infinity, 1]), 1);
});

Deno.test("scoreResampled() gives each of many series the bits of scoreReturns()", () => {
  const series = Array.from({ length: 7 }, (_, i) => normals(30 + i, 120).map((z) => 0.01 * z));
  const rows = Int32Array.from({ length: 80 }, (_, i) => (7 * i) % 90);
  for (const score of ["sharpe", "utility", "growth"] as const) {
    const asked = rule(score, 40);
    const apart = series.map((one) =>
      scoreReturns(Float64Array.from(rows, (row) => one[20 + row]!), 0, 79, asked)
    );
    assert.deepEqual([...scoreResampled(series, 20, rows, asked)], apart);
  }
});
