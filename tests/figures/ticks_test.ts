import assert from "node:assert/strict";
import fc from "fast-check";
import { integerTicks, logTicks, roundStep } from "popagent/figures/ticks.ts";

Deno.test("roundStep() gives the smallest round step with at most as many parts", () => {
  assert.equal(roundStep(10, 5), 2);
  assert.equal(roundStep(1, 6), 0.2);
  assert.equal(roundStep(101, 10), 20);
  assert.equal(roundStep(0, 5), 1);
});

Deno.test("logTicks() takes even steps on a short range and 1, 2, 5 on a long one", () => {
  assert.deepEqual(logTicks(0.9, 1.3).map((tick) => Number(tick.toFixed(6))), [0.9, 1, 1.1, 1.2, 1.3]);
  assert.deepEqual(logTicks(0.4, 11), [0.5, 1, 2, 5, 10]);
});

Deno.test("ticks lie within their range and are few", () => {
  fc.assert(
    fc.property(
      fc.double({ min: 1e-3, max: 1e3, noNaN: true }),
      fc.double({ min: 1.01, max: 1e8, noNaN: true }),
      (low, factor) => {
        const ticks = logTicks(low, low * factor);
        assert.ok(ticks.length >= 1 && ticks.length <= 14, `${ticks.length}`);
        for (const tick of ticks) assert.ok(tick >= low * (1 - 1e-6) && tick <= low * factor * (1 + 1e-6));
      },
    ),
    { seed: 7 },
  );
});

Deno.test("integerTicks() gives whole numbers, one for a single iteration", () => {
  assert.deepEqual(integerTicks(0, 0), [0]);
  assert.deepEqual(integerTicks(0, 2), [0, 1, 2]);
  assert.deepEqual(integerTicks(0, 101, 4), [0, 50, 100]);
});
