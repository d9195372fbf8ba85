import assert from "node:assert/strict";
import fc from "fast-check";
import { BAR_MS } from "../../src/core/universe.ts";
import { developmentRows, isSealedSeed, monthsBefore } from "../../src/market/seal.ts";

const at = (text: string) => Date.parse(`${text}Z`);

Deno.test("monthsBefore() counts calendar months and keeps to the end of short ones", () => {
  assert.equal(monthsBefore(at("2024-11-05T00:00"), 12), at("2023-11-05T00:00"));
  assert.equal(monthsBefore(at("2024-02-29T20:00"), 12), at("2023-02-28T20:00"));
  assert.equal(monthsBefore(at("2024-03-31T08:00"), 1), at("2024-02-29T08:00"));
  assert.equal(monthsBefore(at("2024-01-15T04:00"), 2), at("2023-11-15T04:00"));
});

Deno.test("developmentRows() leaves exactly the bars that close more than twelve months before the end", () => {
  fc.assert(
    fc.property(fc.integer({ min: 2200, max: 9000 }), fc.nat(5000), (rows, start) => {
      const openTime = new Float64Array(rows).map((_, t) => at("2021-01-01T00:00") + (start + t) * BAR_MS);
      const kept = developmentRows(openTime), seal = monthsBefore(openTime[rows - 1]! + BAR_MS, 12);
      assert.ok(openTime[kept]! >= seal && openTime[kept - 1]! + BAR_MS <= seal);
      assert.ok([365 * 6, 366 * 6].includes(rows - kept));
    }),
    { seed: 7 },
  );
});

Deno.test("developmentRows() refuses bars that all lie in the sealed months", () => {
  const openTime = new Float64Array(2000).map((_, t) => at("2021-01-01T00:00") + t * BAR_MS);
  assert.throws(() => developmentRows(openTime), /must reach further back: current value is 2000 bars/);
  assert.throws(() => developmentRows(new Float64Array(0)), /current value is 0 bars/);
});

Deno.test("isSealedSeed() keeps seeds from one million on for pre-registered experiments", () => {
  assert.deepEqual([999_999, 1_000_000].map(isSealedSeed), [false, true]);
});
