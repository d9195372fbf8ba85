import assert from "node:assert/strict";
import { correlationMatrix } from "../../src/stats/correlation.ts";
import { effectiveTrials, participationRatio } from "../../src/stats/effective_trials.ts";
import { symmetricEigenvalues } from "../../src/stats/eigenvalues.ts";
import { entropy, jensenShannon } from "../../src/stats/jensen_shannon.ts";
import { vendiScore } from "../../src/stats/vendi.ts";
import { assertAllClose, assertClose } from "../close_to.ts";
import { normals, twoStrategies } from "../golden_data.ts";

function gaussianKernel(points: readonly (readonly number[])[], scale: number): Float64Array {
  return Float64Array.from(
    points.flatMap((a) =>
      points.map((b) => Math.exp(-a.reduce((sum, x, k) => sum + (x - b[k]!) ** 2, 0) / (2 * scale * scale)))
    ),
  );
}

// By hand: [[2, 1], [1, 2]] has 3 and 1. Tridiagonal (-1, 2, -1) of order 3: 2 - 2 cos(k pi / 4).
Deno.test("symmetricEigenvalues() match the worked examples", () => {
  assertAllClose(symmetricEigenvalues(Float64Array.of(2, 1, 1, 2), 2), [3, 1], 1e-14);
  const tridiagonal = Float64Array.of(2, -1, 0, -1, 2, -1, 0, -1, 2);
  assertAllClose(symmetricEigenvalues(tridiagonal, 3), [2 + Math.SQRT2, 2, 2 - Math.SQRT2], 1e-14);
});

Deno.test("symmetricEigenvalues() keep trace and squared norm of a random matrix, and refuse a skew one", () => {
  const n = 25, z = normals(9, n * n);
  const matrix = z.map((_, k) => z[k]! + z[(k % n) * n + Math.floor(k / n)]!);
  const values = symmetricEigenvalues(matrix, n);
  let trace = 0;
  for (let i = 0; i < n; i++) trace += matrix[i * n + i]!;
  assertClose(values.reduce((a, b) => a + b), trace, 1e-11);
  assertClose(values.reduce((a, b) => a + b * b, 0), matrix.reduce((a, b) => a + b * b, 0), 1e-9);
  assert.throws(() => symmetricEigenvalues(Float64Array.of(1, 2, 3, 4), 2), /symmetric/);
  assert.throws(() => symmetricEigenvalues(Float64Array.of(1, NaN, NaN, 1), 2), /finite/);
});

// Golden value: numpy eigvalsh on the kernel of five points, length scale .5.
Deno.test("vendiScore() matches numpy and counts distinct items", () => {
  const points = [[.1, .5], [.2, .4], [.9, .8], [.5, .1], [.3, .9]];
  assertClose(vendiScore(gaussianKernel(points, 0.5), 5), 2.865127239686062, 1e-12);
  assertClose(vendiScore(gaussianKernel([[1], [1], [1]], 1), 3), 1, 1e-12); // clones
  assertClose(vendiScore(gaussianKernel([[0], [100], [200]], 1), 3), 3, 1e-12);
  assertClose(vendiScore(gaussianKernel([[0], [0], [100], [100]], 1), 4), 2, 1e-12);
});

// Golden values: numpy on {rA, rB, their mean}; the entropy version of the count is a Vendi score.
Deno.test("effectiveTrials() match numpy", () => {
  const { a, b } = twoStrategies();
  const half = a.map((r, i) => (r + b[i]!) / 2);
  assertClose(effectiveTrials([a, b, half]), 1.3707922153145733, 1e-11);
  assertClose(vendiScore(correlationMatrix([a, b, half]), 3), 1.5554025431796197, 1e-9);
  assert.equal(participationRatio(Float64Array.of(1, 0, 0, 1), 2), 2);
});

Deno.test("entropy() and jensenShannon() match scipy", () => {
  assertClose(entropy([.1, .1, .2, .3, .3]), 1.5047882836811908, 1e-14);
  assertClose(jensenShannon([.7, .2, .1], [.3, .3, .4]), 0.09436150689563746, 1e-15);
  assert.equal(jensenShannon([.5, .5, 0], [.5, .5, 0]), 0);
  assertClose(jensenShannon([1, 0], [0, 1]), Math.LN2, 1e-15);
});
