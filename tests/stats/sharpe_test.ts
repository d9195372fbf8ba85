import assert from "node:assert/strict";
import fc from "fast-check";
import { annualSharpe, loSharpe, sharpe, sharpeError } from "../../src/stats/sharpe.ts";
import { assertClose } from "../close_to.ts";
import { normals, r12, twoStrategies } from "../golden_data.ts";

// Golden values: the twelve returns R12 and the series DS2, computed in numpy.
Deno.test("sharpe() and annualSharpe() match numpy", () => {
  assertClose(sharpe(r12), 0.21567019913426871, 1e-14);
  assertClose(annualSharpe(r12), 10.092812303823306, 1e-12);
  const { a, b } = twoStrategies();
  assertClose(sharpe(a), 0.134064111941229, 1e-13);
  assertClose(sharpe(b), 0.02605361536795739, 1e-13);
});

Deno.test("sharpe() of a series without variation", () => {
  assert.equal(sharpe(new Float64Array(50)), 0);
  assert.equal(sharpe(new Float64Array(50).fill(0.1)), Infinity); // 0.1 has no exact mean: sd must still be 0
  assert.equal(sharpe(new Float64Array(50).fill(-0.1)), -Infinity);
  assert.equal(sharpeError(new Float64Array(50)), null);
  assert.throws(() => sharpe([0.01]), /at least 2 values: current value is 1/);
});

Deno.test("sharpe() does not depend on the stake and changes sign with the position", () => {
  const returns = fc.array(fc.double({ min: -0.2, max: 0.2, noNaN: true }), { minLength: 3, maxLength: 40 });
  fc.assert(
    fc.property(returns, fc.double({ min: 0.1, max: 10, noNaN: true }), (xs, stake) => {
      fc.pre(Math.abs(sharpe(xs)) < 1e6 && xs.some((x) => Math.abs(x) > 1e-6));
      assertClose(sharpe(xs.map((x) => stake * x)), sharpe(xs), 1e-8 * (1 + Math.abs(sharpe(xs))));
      assertClose(sharpe(xs.map((x) => -x)), -sharpe(xs), 1e-8 * (1 + Math.abs(sharpe(xs))));
    }),
    { seed: 7 },
  );
});

// R12 by hand from its published moments: SR .2156702, skew -.2989177, kurtosis 2.2832601, T = 12:
// sqrt((1 + .2989177 * .2156702 + 1.2832601 / 4 * .0465136) / 12) * 46.7974 = 14.0443
Deno.test("sharpeError() matches the formula and the spread of simulated Sharpe ratios", () => {
  const variance = 1 + 0.29891766583879525 * 0.21567019913426871 +
    (1.2832600684721527 / 4) * 0.21567019913426871 ** 2;
  assertClose(sharpeError(r12)!, Math.sqrt((variance / 12) * 2190), 1e-10);
  const draws = Array.from({ length: 400 }, (_, k) => normals(1000 + k, 300).map((z) => 0.001 + 0.01 * z));
  const ratios = draws.map(annualSharpe);
  const centre = ratios.reduce((a, b) => a + b) / ratios.length;
  const spread = Math.sqrt(ratios.reduce((a, x) => a + (x - centre) ** 2, 0) / (ratios.length - 1));
  assertClose(spread / sharpeError(draws[0]!)!, 1, 0.1); // 400 draws: relative error of a spread 3.5 %
});

Deno.test("loSharpe() matches Lo's eta over six bars", () => {
  const { eta, sharpe: ratio } = loSharpe(r12, 6)!;
  assertClose(eta, 5.534760447564589, 1e-12);
  assertClose(ratio, 1.1936828878867292, 1e-12);
  assertClose(loSharpe(r12, 1)!.sharpe, sharpe(r12), 1e-15);
});
