import assert from "node:assert/strict";
import fc from "fast-check";
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
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.boolean(), fc.boolean()), { minLength: 400, maxLength: 500 }), (pairs) => {
      const alpha = nominalAlpha(pairs.map((pair) => pair.map(String)));
      assert.ok(alpha === null || alpha <= 1);
    }),
    { seed: 7, numRuns: 20 },
  );
});
