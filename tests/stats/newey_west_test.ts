import assert from "node:assert/strict";
import { neweyWest } from "../../src/stats/newey_west.ts";
import { assertClose } from "../close_to.ts";
import { normals, twoStrategies } from "../golden_data.ts";

// Golden value: statsmodels OLS on a constant, cov_type="HAC", maxlags=5, on DS2.
Deno.test("neweyWest() matches statsmodels", () => {
  const { mean, se, t, p } = neweyWest(twoStrategies().a, 5);
  assertClose(mean, 0.0013494705660299848, 1e-16);
  assertClose(se, 0.0004226296241085361, 1e-16);
  assertClose(t, 3.19303354296675, 1e-11);
  assertClose(p, 0.0014079, 1e-7); // 2 Phi(-3.193034)
});

// By hand: 1, 2, 3 with lag 1: gamma = 2/3, 0, so se = sqrt(2/9).
Deno.test("neweyWest() matches the worked example and treats constant series", () => {
  assertClose(neweyWest([1, 2, 3], 1).se, Math.sqrt(2 / 9), 1e-15);
  assert.deepEqual(neweyWest(new Float64Array(9), 5), { mean: 0, se: 0, t: 0, p: 1 });
  assert.equal(neweyWest(new Float64Array(9).fill(-0.5), 5).t, -Infinity);
  assert.throws(() => neweyWest([1, 2], 2), RangeError);
});

Deno.test("neweyWest() rejects a zero mean at the nominal rate on white noise", () => {
  let rejected = 0;
  for (let k = 0; k < 600; k++) if (neweyWest(normals(5000 + k, 250), 5).p < 0.05) rejected++;
  assert.ok(rejected >= 18 && rejected <= 54, `${rejected} of 600 rejected`); // .05 n = 30, and a little oversized
});
