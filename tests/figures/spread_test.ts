import assert from "node:assert/strict";
import fc from "fast-check";
import { spread } from "popagent/figures/spread.ts";

const wishes = fc.array(fc.double({ min: -50, max: 250, noNaN: true }), { minLength: 1, maxLength: 15 });

Deno.test("spread() matches the worked example", () => {
  // By hand: 10 and 12 want to be 2 apart but need 6: each gives way by 2, to 8 and 14; 40 is free.
  assert.deepEqual(spread([12, 40, 10], 6, 0, 100), [14, 40, 8]);
});

Deno.test("spread() keeps wishes that do not collide", () => {
  assert.deepEqual(spread([30, 0, 15], 10, 0, 30), [30, 0, 15]);
});

Deno.test("spread() keeps the gap, the bounds and the order", () => {
  fc.assert(
    fc.property(wishes, (wanted) => {
      const placed = spread(wanted, 10, 0, 200);
      const order = wanted.map((_, i) => i).sort((a, b) => wanted[a]! - wanted[b]! || a - b);
      const sorted = order.map((i) => placed[i]!);
      assert.ok(sorted[0]! >= -1e-9 && sorted.at(-1)! <= 200 + 1e-9);
      for (let i = 1; i < sorted.length; i++) assert.ok(sorted[i]! - sorted[i - 1]! >= 10 - 1e-9);
    }),
    { seed: 7 },
  );
});

Deno.test("spread() moves labels as little as least squares allows: no single move within the rules helps", () => {
  fc.assert(
    fc.property(wishes, fc.nat(), fc.double({ min: -3, max: 3, noNaN: true }), (wanted, pick, shift) => {
      const placed = spread(wanted, 10, 0, 200);
      const i = pick % wanted.length;
      const moved = placed.map((y, j) => (j === i ? y + shift : y));
      const legal = moved[i]! >= 0 && moved[i]! <= 200 &&
        moved.every((y, j) =>
          j === i || (Math.abs(y - moved[i]!) >= 10 && (y - moved[i]!) * (placed[j]! - placed[i]!) > 0)
        );
      const error = (ys: readonly number[]) => ys.reduce((sum, y, j) => sum + (y - wanted[j]!) ** 2, 0);
      if (legal) assert.ok(error(moved) >= error(placed) - 1e-6);
    }),
    { seed: 7 },
  );
});

Deno.test("spread() refuses labels that do not fit", () => {
  assert.throws(() => spread([1, 2, 3], 10, 0, 19), {
    name: "RangeError",
    message: /Cannot spread 3 labels/,
  });
});
