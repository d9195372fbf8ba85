import assert from "node:assert/strict";
import fc from "fast-check";
import { ewmaZ, READING_LIMIT, toReading } from "../../src/features/standardise.ts";
import { assertClose } from "./causality.ts";

const series = fc.array(fc.double({ min: -100, max: 100, noNaN: true }), { minLength: 1, maxLength: 80 })
  .map((values) => Float64Array.from(values));

// By hand: 1, 3 have mean 2 and population sd 1 -> z 1; with 5 mean 3, sd sqrt(8/3) -> 2/sqrt(8/3).
Deno.test("ewmaZ() is the plain z-score until 1/tau is the larger weight", () => {
  assertClose(ewmaZ(Float64Array.of(1, 3, 5), 100, 1), [NaN, 1, 2 / Math.sqrt(8 / 3)], 1e-15);
});

Deno.test("ewmaZ() skips NaN and counts only what it saw", () => {
  const dense = ewmaZ(Float64Array.of(1, 3, 5), 100, 1);
  assert.deepEqual([...ewmaZ(Float64Array.of(NaN, 1, NaN, 3, 5), 100, 1)], [
    NaN,
    NaN,
    NaN,
    dense[1],
    dense[2],
  ]);
});

Deno.test("ewmaZ() of a constant is 0, and of a step after calm sqrt(tau - 1)", () => {
  const step = Float64Array.from({ length: 201 }, (_, i) => i < 200 ? 1e-4 : 3e-4);
  const scores = ewmaZ(step, 50, 50);
  assert.equal(scores[199], 0);
  assertClose(scores.subarray(200), [Math.sqrt(49)], 1e-9);
});

Deno.test("ewmaZ() ignores unit and origin", () => {
  fc.assert(
    fc.property(series, (values) => {
      const scaled = values.map((value) => 1024 * value);
      assert.deepEqual(ewmaZ(scaled, 20, 5), ewmaZ(values, 20, 5));
    }),
    { seed: 7 },
  );
});

Deno.test("toReading() clips, and reads warm-up as 0", () => {
  const scores = Float64Array.of(NaN, -9, 0.5, 9, Infinity);
  assert.deepEqual([...toReading(scores)], [0, -READING_LIMIT, 0.5, READING_LIMIT, READING_LIMIT]);
});
