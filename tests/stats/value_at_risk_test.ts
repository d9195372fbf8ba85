import assert from "node:assert/strict";
import { shape } from "../../src/stats/moments.ts";
import { normalInverse } from "../../src/stats/normal.ts";
import {
  cornishFisherQuantile,
  cornishFisherTail,
  gaussianTail,
  historicalTail,
  quantileValueAtRisk,
} from "../../src/stats/value_at_risk.ts";
import { assertClose } from "../close_to.ts";
import { r12 } from "../golden_data.ts";

// Golden values: numpy and scipy on R12.
Deno.test("tail losses match numpy and scipy", () => {
  assertClose(historicalTail(r12, 0.25).valueAtRisk, 0.01, 1e-16);
  assertClose(historicalTail(r12, 0.25).expectedShortfall, 0.018333333333333333, 1e-16);
  assert.deepEqual(historicalTail(r12, 0.05), { valueAtRisk: 0.025, expectedShortfall: 0.025 });
  assertClose(gaussianTail(r12, 0.05).valueAtRisk, 0.023193477900236258, 1e-13);
  assertClose(gaussianTail(r12, 0.05).expectedShortfall, 0.029974698197785702, 1e-13);
  const { skew, kurtosis } = shape(r12);
  assertClose(cornishFisherQuantile(normalInverse(0.05), skew, kurtosis - 3), -1.7426092162645888, 1e-11);
  assertClose(cornishFisherTail(r12, 0.05).valueAtRisk, 0.02477990274692033, 1e-13);
  // scipy's integral of the moved quantiles over the tail (tests/oracles/stats_twins.py)
  assertClose(cornishFisherTail(r12, 0.05).expectedShortfall, 0.030646302709662395, 1e-12);
  assertClose(quantileValueAtRisk(r12, 0.05), 0.02225, 1e-16); // numpy.quantile
});

Deno.test("historicalTail() takes 7 of 100 returns, not 8, at 7 %", () => {
  const returns = Float64Array.from({ length: 100 }, (_, i) => i - 50); // .07 * 100 = 7.000000000000001
  assert.equal(historicalTail(returns, 0.07).valueAtRisk, 44);
  assert.throws(() => historicalTail(returns, 0), /in \(0, 1\): current value is 0/);
});
