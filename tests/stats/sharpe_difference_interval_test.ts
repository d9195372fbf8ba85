import assert from "node:assert/strict";
import fc from "fast-check";
import { sharpeDifferenceBootstrap } from "popagent/stats/ledoit_wolf.ts";
import { sharpeDifferenceInterval } from "popagent/stats/sharpe_difference_interval.ts";
import { assertClose } from "../close_to.ts";
import { normals, twoStrategies, uniforms } from "../golden_data.ts";

const { a, b } = twoStrategies();

// Golden values: tests/oracles/sharpe_interval.py, numpy, the same resamples, in moments instead of influences.
const ORACLE = [
  {
    blockLength: 6,
    draws: 999,
    confidence: .95,
    seed: 3,
    p: .015,
    lower: .016157733533846,
    upper: .1998632596127,
  },
  {
    blockLength: 20,
    draws: 399,
    confidence: .9,
    seed: 8,
    p: .0325,
    lower: .025951938696693,
    upper: .19006905444985,
  },
];

for (const { seed, p, lower, upper, ...options } of ORACLE) {
  Deno.test(`findings I.1: sharpeDifferenceInterval() matches numpy, blocks of ${options.blockLength}`, () => {
    const found = sharpeDifferenceInterval(a, b, options, uniforms(seed));
    assertClose(found.difference, .10801049657327, 1e-12);
    assertClose(found.se, .046170330446763, 1e-12);
    assert.equal(found.p, p);
    assertClose(found.lower, lower, 1e-12);
    assertClose(found.upper, upper, 1e-12);
  });
}

Deno.test("sharpeDifferenceInterval() leaves 0 out exactly where p is at most 1 - confidence", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 1e6 }),
      fc.double({ min: 0, max: .4, noNaN: true }),
      (seed, edge) => {
        const x = normals(seed, 120).map((z) => edge + z), y = normals(seed + 1, 120);
        const { p, lower, upper } = sharpeDifferenceInterval(
          x,
          y,
          { blockLength: 4, draws: 199, confidence: .95 },
          uniforms(seed),
        );
        assert.equal(lower > 0 || upper < 0, p <= .05);
      },
    ),
    { seed: 7, numRuns: 60 },
  );
});

Deno.test("sharpeDifferenceInterval() has the p of the test, and no width for a strategy against itself", () => {
  const options = { blockLength: 6, draws: 199, confidence: .95 };
  assert.equal(
    sharpeDifferenceInterval(a, b, options, uniforms(3)).p,
    sharpeDifferenceBootstrap(a, b, 6, 199, uniforms(3)).p,
  );
  const twice = a.map((r) => 2 * r);
  assert.deepEqual(sharpeDifferenceInterval(a, twice, options, uniforms(3)), {
    difference: 0,
    se: 0,
    p: 1,
    lower: 0,
    upper: 0,
  });
  assert.throws(
    () => sharpeDifferenceInterval(a, b, { ...options, draws: 18 }, uniforms(3)),
    /at least 19 draws: current value is 18/,
  );
});
