import assert from "node:assert/strict";
import { rng } from "../../src/core/rng.ts";
import { calibrationLine } from "../../src/stats/calibration_slope.ts";
import { nominalAlpha } from "../../src/stats/krippendorff.ts";
import { wilsonShare } from "../../src/stats/wilson.ts";
import { assertClose } from "../close_to.ts";

// Golden values: statsmodels 0.15.0, proportion_confint(k, n, 0.05, "wilson").
Deno.test("wilsonShare() matches statsmodels", () => {
  for (
    const [successes, trials, lower, upper] of [
      [0, 10, 0, 0.27753279986288926],
      [3, 17, 0.061911266376209945, 0.4102945856883413],
      [17, 17, 0.8156818649911481, 1],
      [120, 200, 0.53083672039262, 0.6653942143319266],
    ] as const
  ) {
    const one = wilsonShare(successes, trials);
    assertClose(one.lower, lower, 1e-9, "lower");
    assertClose(one.upper, upper, 1e-9, "upper");
  }
});

Deno.test("wilsonShare() of nothing knows nothing", () => {
  assert.deepEqual(wilsonShare(0, 0), { successes: 0, trials: 0, share: null, lower: 0, upper: 1 });
  assert.throws(() => wilsonShare(3, 2), RangeError);
});

// Golden value: krippendorff 0.9.0 on Krippendorff's own example of four observers and twelve units.
Deno.test("nominalAlpha() matches the package krippendorff", () => {
  const observers = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, 0, 0, 0],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, 0, 3],
    [0, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, 0],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, 0],
  ];
  const units = observers[0]!.map((_, unit) =>
    observers.map((labels) => labels[unit]!).filter((label) => label > 0).map(String)
  );
  assertClose(nominalAlpha(units)!, 0.743421052631579, 1e-12);
});

Deno.test("nominalAlpha() is 1 where all agree, about 0 where labels are drawn, null where there is one label", () => {
  assert.equal(nominalAlpha([["a", "a"], ["b", "b"]]), 1);
  assert.equal(nominalAlpha([["a", "a"], ["a", "a"]]), null);
  assert.equal(nominalAlpha([["a"]]), null);
  const { uniform } = rng("labels drawn by two raters"), units = 4000;
  const drawn = Array.from({ length: units }, () => [uniform() < 0.5, uniform() < 0.5].map(String));
  const alpha = nominalAlpha(drawn)!;
  assert.ok(Math.abs(alpha) < 4 / Math.sqrt(units), `${alpha}`);
  assert.ok(nominalAlpha(drawn.map(([label]) => [label!, `not ${label}`]))! < 0, "always another label");
});

const PROBABILITIES = [0.1, 0.2, 0.3, 0.35, 0.45, 0.5, 0.55, 0.62, 0.7, 0.8, 0.9, 0.95];

// Golden values: statsmodels 0.15.0, Logit of outcomes on log odds.
Deno.test("calibrationLine() matches statsmodels", () => {
  const line = calibrationLine(PROBABILITIES, [0, 0, 1, 0, 0, 1, 1, 0, 1, 1, 1, 1])!;
  assertClose(line.intercept, 0.31748222509613955, 1e-8);
  assertClose(line.slope, 1.5575154236489157, 1e-8);
  assertClose(line.slopeError, 0.9511330041711081, 1e-8);
});

Deno.test("calibrationLine() of odds to the fourth power has a quarter of the slope; without an error there is no line", () => {
  const outcomes = [0, 0, 1, 0, 0, 1, 1, 0, 1, 1, 1, 1];
  const surer = PROBABILITIES.map((p) => {
    const odds = (p / (1 - p)) ** 4;
    return odds / (1 + odds);
  });
  assertClose(calibrationLine(surer, outcomes)!.slope, 1.5575154236489157 / 4, 1e-6);
  assert.equal(calibrationLine([0.2, 0.3, 0.7, 0.8], [0, 0, 1, 1]), null);
  assert.equal(calibrationLine([0.5, 0.5, 0.5], [0, 1, 1]), null);
});
