import assert from "node:assert/strict";
import { mean, pairDifferences, shape, standardDeviation } from "../../src/stats/moments.ts";
import { assertClose } from "../close_to.ts";
import { r12 } from "../golden_data.ts";

// Golden values: numpy and scipy.stats on R12.
Deno.test("mean(), standardDeviation() and shape() match numpy and scipy", () => {
  assertClose(mean(r12), 0.0035, 1e-16);
  assertClose(standardDeviation(r12), 0.016228482256934452, 1e-16);
  assertClose(shape(r12).skew, -0.29891766583879525, 1e-13);
  assertClose(shape(r12).kurtosis, 2.2832600684721527, 1e-13);
});

Deno.test("a series that never moves has standard deviation exactly 0 and a normal's shape", () => {
  assert.equal(standardDeviation(new Float64Array(7).fill(0.1)), 0);
  assert.deepEqual(shape(new Float64Array(7).fill(0.1)), { skew: 0, kurtosis: 3 });
});

Deno.test("pairDifferences() subtracts and refuses series of different length", () => {
  assert.deepEqual([...pairDifferences([3, 5], [1, 7])], [2, -2]);
  assert.throws(() => pairDifferences([1], [1, 2]), /same length: current value is 1 and 2/);
});
