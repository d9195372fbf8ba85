import assert from "node:assert/strict";
import { ece, equalMassBins, mce, reliabilityBins } from "../../src/stats/calibration.ts";
import { eceNull } from "../../src/stats/ece_null.ts";
import { murphy } from "../../src/stats/murphy.ts";
import { brierScore } from "../../src/stats/probability_scores.ts";
import { assertClose } from "../close_to.ts";
import { c12, uniforms } from "../golden_data.ts";

const { probabilities, outcomes } = c12;

// Golden values: numpy on C12. The variant that takes a bin's lower edge for its forecast gives .275.
Deno.test("ece() and mce() match numpy", () => {
  assertClose(ece(reliabilityBins(probabilities, outcomes, 10)), 0.2725, 1e-14);
  assertClose(mce(reliabilityBins(probabilities, outcomes, 10)), 0.7, 1e-14);
  assertClose(ece(reliabilityBins(probabilities, outcomes, 5)), 0.21416666666666667, 1e-14);
  assertClose(ece(equalMassBins(probabilities, outcomes, 4)), 0.10583333333333333, 1e-14);
});

Deno.test("murphy() matches numpy and adds up to the Brier score", () => {
  const parts = murphy(probabilities, outcomes, 5);
  assertClose(parts.reliability, 0.052702777777777786, 1e-15);
  assertClose(parts.resolution, 0.13888888888888887, 1e-15);
  assertClose(parts.uncertainty, 0.24305555555555555, 1e-15);
  assertClose(
    parts.reliability - parts.resolution + parts.uncertainty + parts.within,
    brierScore(probabilities, outcomes),
    1e-15,
  );
  // one probability a bin: nothing is left within bins
  assertClose(murphy([0.1, 0.1, 0.9, 0.9], [0, 1, 1, 1], 2).within, 0, 1e-15);
});

Deno.test("a certain forecast falls in the last bin", () => {
  assert.deepEqual(reliabilityBins([0, 1], [0, 1], 10), [
    { count: 1, forecast: 0, frequency: 0 },
    { count: 1, forecast: 1, frequency: 1 },
  ]);
});

Deno.test("eceNull() accepts calibrated forecasts and refuses overconfident ones", () => {
  const uniform = uniforms(3);
  const forecasts = Float64Array.from({ length: 400 }, uniform);
  const calibrated = forecasts.map((p) => (uniform() < p ? 1 : 0));
  const fair = eceNull(forecasts, calibrated, 10, 500, uniforms(4));
  assert.ok(fair.p > 0.05 && fair.ece < fair.quantile95, JSON.stringify(fair));
  assert.ok(fair.quantile95 > 0.03, "calibrated forecasts show an error by chance");
  const coin = forecasts.map(() => (uniform() < 0.5 ? 1 : 0));
  const sure = eceNull(forecasts, coin, 10, 500, uniforms(4));
  assertClose(sure.p, 1 / 501, 1e-15);
});

Deno.test("eceNull() counts draws as large as the observed error: certain and right is no evidence", () => {
  assert.deepEqual(eceNull([0, 1, 1], [0, 1, 1], 10, 50, uniforms(4)), { ece: 0, quantile95: 0, p: 1 });
});
