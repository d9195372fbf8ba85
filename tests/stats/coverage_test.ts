import assert from "node:assert/strict";
import { chiSquareTail } from "../../src/stats/chi_square.ts";
import { christoffersenTest, kupiecTest } from "../../src/stats/coverage.ts";
import { assertClose } from "../close_to.ts";

const zeros = (n: number) => new Array<number>(n).fill(0);

// Golden values: scipy.stats.chi2 and numpy.
Deno.test("kupiecTest() and christoffersenTest() match numpy", () => {
  const { ratio, p } = kupiecTest(16, 250, 0.05);
  assertClose(ratio, 0.9513566950553951, 1e-12);
  assertClose(p, 0.32937420254070904, 1e-12);
  // transitions 00, 01, 10, 11: 90, 3, 3, 3
  const clustered = [...zeros(40), 1, 1, ...zeros(30), 1, ...zeros(20), 1, 1, 1, ...zeros(4)];
  assertClose(christoffersenTest(clustered).ratio, 10.445253467637961, 1e-11);
  assertClose(christoffersenTest(clustered).p, 0.0012296503173087059, 1e-14);
});

Deno.test("tests of exceedances at their limits", () => {
  assertClose(kupiecTest(5, 100, 0.05).ratio, 0, 1e-12);
  assertClose(kupiecTest(0, 100, 0.05).ratio, -200 * Math.log(0.95), 1e-12);
  assert.deepEqual(christoffersenTest(zeros(50)), { ratio: 0, p: 1 });
  assertClose(chiSquareTail(7.814727903251179, 3), 0.05, 1e-15); // scipy chi2.ppf(.95, 3)
  assert.throws(() => kupiecTest(5, 4, 0.05), RangeError);
});
