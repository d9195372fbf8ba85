import assert from "node:assert/strict";
import fc from "fast-check";
import { thinLine } from "popagent/figures/thin.ts";

const line = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 500 });

Deno.test("thinLine() keeps ends, extremes, order and never invents a point", () => {
  fc.assert(
    fc.property(line, (ys) => {
      const xs = ys.map((_, i) => i * 10);
      const points = thinLine(xs, ys, 20);
      assert.ok(points.length <= 80);
      assert.deepEqual(points[0], [0, ys[0]]);
      assert.deepEqual(points.at(-1), [xs.at(-1), ys.at(-1)]);
      assert.equal(Math.max(...points.map(([, y]) => y)), Math.max(...ys));
      assert.equal(Math.min(...points.map(([, y]) => y)), Math.min(...ys));
      for (let i = 0; i < points.length; i++) {
        assert.equal(points[i]![1], ys[points[i]![0] / 10]);
        if (i > 0) assert.ok(points[i]![0] > points[i - 1]![0]);
      }
    }),
    { seed: 7 },
  );
});

Deno.test("thinLine() keeps a short line whole and leaves out what is not a number", () => {
  assert.deepEqual(thinLine([0, 1, 2], [5, NaN, 6]), [[0, 5], [2, 6]]);
});
