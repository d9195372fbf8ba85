import assert from "node:assert/strict";
import { berkowitzTest } from "../../src/stats/berkowitz.ts";
import { normalCdf } from "../../src/stats/normal.ts";
import { pitNormal, uniformityTest } from "../../src/stats/pit.ts";
import { assertClose } from "../close_to.ts";
import { autoregression, normals, uniforms } from "../golden_data.ts";

// Reference: scipy 1.17 kstest of 1..9 over 10 against the uniform distribution: D = 0.1; and of ((i - .5) / 30)^1.6.
Deno.test("uniformityTest() accepts uniform values and refuses a wrong spread", () => {
  assertClose(uniformityTest([.1, .2, .3, .4, .5, .6, .7, .8, .9]).distance, 0.1, 1e-15);
  const bent = Float64Array.from({ length: 30 }, (_, i) => ((i + 0.5) / 30) ** 1.6);
  assertClose(uniformityTest(bent).distance, 0.18796470724666436, 1e-12);
  assertClose(uniformityTest(bent).p, 0.21122522423478896, 0.01);
  const outcomes = normals(61, 500), means = new Float64Array(500);
  assert.ok(uniformityTest(pitNormal(means, new Float64Array(500).fill(1), outcomes)).p > 0.05);
  assert.ok(uniformityTest(pitNormal(means, new Float64Array(500).fill(2), outcomes)).p < 1e-4);
  const uniform = uniforms(8);
  assert.ok(uniformityTest(Float64Array.from({ length: 300 }, uniform)).p > 0.05);
});

// Golden values: statsmodels AutoReg against independent N(0, 1) (tests/oracles/stats_twins.py).
Deno.test("berkowitzTest() matches statsmodels and sees memory and width", () => {
  const running = berkowitzTest(autoregression().map(normalCdf));
  assertClose(running.ratio, 66.47986812659656, 1e-8);
  assertClose(running.p, 2.4196721193371783e-14, 1e-20);
  const calibrated = berkowitzTest(normals(61, 200).map(normalCdf));
  assertClose(calibrated.ratio, 3.76920571330038, 1e-9);
  assertClose(calibrated.p, 0.287488398808467, 1e-10);
  assertClose(berkowitzTest(normals(61, 200).map((z) => normalCdf(1.5 * z))).ratio, 98.50463530627496, 1e-7);
  assert.throws(() => berkowitzTest([.1, .2, .3, .4, .5, .6, .7, .8, .9, 1]), /p must be in \(0, 1\)/);
  assert.throws(() => berkowitzTest(new Float64Array(20).fill(.5)), /must move/);
});
