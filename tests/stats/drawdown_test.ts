import assert from "node:assert/strict";
import fc from "fast-check";
import { calmar } from "../../src/stats/calmar.ts";
import { additiveDrawdown, drawdowns, maxDrawdown, ulcerIndex } from "../../src/stats/drawdown.ts";
import { assertAllClose, assertClose } from "../close_to.ts";
import { r12 } from "../golden_data.ts";

// By hand: equity 1, .9, 1.08, .81: high 1, 1, 1.08, 1.08.
Deno.test("drawdowns() count the start as a high", () => {
  assertAllClose(drawdowns([-0.1, 0.2, -0.25]), [0.1, 0, 0.25], 1e-15);
});

// Golden values: numpy on R12.
Deno.test("drawdown statistics match numpy", () => {
  assertClose(maxDrawdown(r12), 0.02992375, 1e-15);
  assertClose(additiveDrawdown(r12), 0.03, 1e-15);
  assertClose(ulcerIndex(r12), 0.011174834190221316, 1e-15);
  assertClose(calmar(r12)!, 256.15105058690716, 1e-9);
});

Deno.test("maxDrawdown() is in [0, 1], 0 for gains alone, and reads the past only", () => {
  const returns = fc.array(fc.double({ min: -0.9, max: 0.9, noNaN: true }), { minLength: 1, maxLength: 30 });
  fc.assert(
    fc.property(returns, fc.nat(), (xs, at) => {
      const cut = 1 + (at % xs.length);
      assert.deepEqual(drawdowns(xs.slice(0, cut)), drawdowns(xs).slice(0, cut));
      assert.ok(maxDrawdown(xs) >= 0 && maxDrawdown(xs) <= 1);
      assert.equal(maxDrawdown(xs.map(Math.abs)), 0);
    }),
    { seed: 7 },
  );
});
