import assert from "node:assert/strict";
import { sharpeDifferenceBootstrap, sharpeDifferenceTest } from "../../src/stats/ledoit_wolf.ts";
import { sharpe } from "../../src/stats/sharpe.ts";
import { assertClose } from "../close_to.ts";
import { normals, twoStrategies, uniforms } from "../golden_data.ts";

const { a, b } = twoStrategies();

// Golden values: the authors' method in R (pfnaibert/LW-SR-VAR, Parzen kernel) on DS2.
Deno.test("sharpeDifferenceTest() matches R", () => {
  const { difference, se, p } = sharpeDifferenceTest(a, b);
  assertClose(difference, 0.1080104965733, 1e-12);
  assertClose(difference, sharpe(a) - sharpe(b), 1e-13);
  assertClose(se, 0.0461703304468, 1e-12);
  assertClose(p, 0.019315160911, 1e-11);
});

Deno.test("sharpeDifferenceTest() changes sign with its arguments", () => {
  const forth = sharpeDifferenceTest(a, b), back = sharpeDifferenceTest(b, a);
  assertClose(back.difference, -forth.difference, 1e-14);
  assertClose(back.se, forth.se, 1e-14);
  assert.throws(() => sharpeDifferenceTest(a, b.subarray(1)), /same length/);
});

Deno.test("sharpeDifferenceBootstrap() agrees with the normal test on 500 normal returns", () => {
  const { p, se } = sharpeDifferenceBootstrap(a, b, 6, 1999, uniforms(3));
  assertClose(p, 0.0193, 0.012); // Monte Carlo error .003, the rest is what the bootstrap corrects
  assertClose(se, 0.0461703304468, 1e-12);
});

Deno.test("sharpeDifferenceBootstrap() holds its level when the strategies are equal and correlated", () => {
  let rejected = 0;
  for (let k = 0; k < 150; k++) {
    const common = normals(20000 + 3 * k, 150),
      u = normals(20001 + 3 * k, 150),
      v = normals(20002 + 3 * k, 150);
    const x = common.map((z, i) => .002 + .01 * (.8 * z + .6 * u[i]!));
    const y = common.map((z, i) => .002 + .01 * (.8 * z + .6 * v[i]!));
    if (sharpeDifferenceBootstrap(x, y, 3, 199, uniforms(k)).p <= 0.05) rejected++;
  }
  assert.ok(rejected >= 1 && rejected <= 17, `${rejected} of 150 rejected`); // 7.5 expected, sd 2.7
});
