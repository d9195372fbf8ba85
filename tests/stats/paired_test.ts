import assert from "node:assert/strict";
import fc from "fast-check";
import { pairDifferences } from "../../src/stats/moments.ts";
import { a12, equivalenceTest, pairedTest } from "../../src/stats/paired.ts";
import { signFlipDraws, signFlipTest } from "../../src/stats/sign_flip.ts";
import { signedRankTest } from "../../src/stats/wilcoxon.ts";
import { assertClose } from "../close_to.ts";
import { normals, uniforms } from "../golden_data.ts";

const x = [1.1, .85, 1.32, .64, 1.51, .97, 1.22, .78, 1.05, 1.4];
const y = [.92, .8, 1.1, .7, 1.2, .9, 1, .81, .95, 1.15];
const differences = pairDifferences(x, y);

// Golden values: scipy (ttest_rel, permutation_test, wilcoxon) on ten pairs.
Deno.test("pairedTest() matches scipy", () => {
  const { n, mean, se, t, p, dz, hedgesG } = pairedTest(differences);
  assert.equal(n, 10);
  assertClose(mean, 0.131, 1e-15);
  assertClose(se, 0.131 / 3.3443477954365326, 1e-13);
  assertClose(t, 3.3443477954365326, 1e-11);
  assertClose(p, 0.008600490654045188, 1e-11);
  assertClose(dz, 1.0575756321342316, 1e-12);
  assertClose(hedgesG, 0.9669262922370117, 1e-12);
});

Deno.test("pairedTest() of differences without variation", () => {
  assert.deepEqual(pairedTest([0, 0, 0]), { n: 3, mean: 0, se: 0, t: 0, p: 1, dz: 0, hedgesG: 0 });
  assert.equal(pairedTest([0.1, 0.1, 0.1]).p, 0);
});

Deno.test("a12() counts wins and half of the ties", () => {
  assertClose(a12(x, y), 0.645, 1e-15);
  assert.equal(a12([1, 2], [1, 2]), 0.5);
});

Deno.test("signFlipTest() and signedRankTest() match scipy's exact p-values", () => {
  assert.equal(signFlipTest(differences), 0.013671875);
  assert.deepEqual(signedRankTest(differences), { w: 4, p: 0.013671875 });
});

/** Every one of the 2^n sign patterns in turn. */
function signFlipByCounting(values: readonly number[]): number {
  const observed = Math.abs(values.reduce((a, b) => a + b, 0));
  let atLeast = 0;
  for (let pattern = 0; pattern < 2 ** values.length; pattern++) {
    const sum = values.reduce((total, value, i) => total + ((pattern >> i) & 1 ? -value : value), 0);
    if (Math.abs(sum) >= observed - 1e-9) atLeast++;
  }
  return atLeast / 2 ** values.length;
}

Deno.test("signFlipTest() equals counting every pattern, ties and zeros included", () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: -4, max: 4 }).map((k) => k / 10), { minLength: 1, maxLength: 11 }),
      (xs) => assertClose(signFlipTest(xs), signFlipByCounting(xs), 1e-15),
    ),
    { seed: 7 },
  );
});

Deno.test("signFlipTest() handles 40 seeds and agrees with random patterns and the t test", () => {
  const forty = normals(77, 40).map((z) => 0.3 + z);
  const exact = signFlipTest(forty);
  assertClose(exact, pairedTest(forty).p, 0.01);
  assertClose(signFlipDraws(forty, 4000, uniforms(5)), exact, 0.02);
  assert.throws(() => signFlipTest(new Float64Array(45).fill(1)), /n must be <= 44: current value is 45/);
});

// By hand, n = 3, differences 1, 1, -1: ranks 2, 2, 2; positive sums 0, 2, 4, 6 with shares 1/8, 3/8, 3/8, 1/8;
// the smaller sum is 2, so p = 2 (1/8 + 3/8) = 1. With 1, 1, 1 the smaller is 0 and p = 2/8.
Deno.test("signedRankTest() is exact for equal differences and drops zeros", () => {
  assert.deepEqual(signedRankTest([1, 1, -1]), { w: 2, p: 1 });
  assert.deepEqual(signedRankTest([1, 0, 1, 1]), { w: 0, p: 0.25 });
});

Deno.test("equivalenceTest() shows no effect only inside the margin", () => {
  const small = normals(78, 40).map((z) => 0.02 + 0.1 * z);
  assert.ok(equivalenceTest(small, 0.25) < 0.001);
  assert.ok(equivalenceTest(small.map((d) => d + 0.25), 0.25) > 0.05);
  // by hand: mean 0, se = sqrt(1/3) (sd 1, n 3), margin sqrt(1/3) * 2.919986 -> t_2 upper 5 % point
  assertClose(equivalenceTest([-1, 0, 1], Math.sqrt(1 / 3) * 2.919985580), 0.05, 1e-8);
});
