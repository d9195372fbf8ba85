import assert from "node:assert/strict";
import fc from "fast-check";
import { equityFrame, type EquityLine, equityTicks, withinFrame } from "popagent/figures/equity_lines.ts";
import { assertClose } from "../close_to.ts";

const line = (name: string, low: number, high: number) =>
  ({ strategy: { name }, low, high }) as unknown as EquityLine;

Deno.test("findings I.7: one line at 3 % of its start leaves the frame and squeezes nobody", () => {
  const lines = [line("a", .8, 1.3), line("b", .7, 1.1), line("lost", .03, 1)];
  const { domain: [low, high], outside } = equityFrame(lines, ["a"]);
  assert.deepEqual(outside.map(({ strategy }) => strategy.name), ["lost"]);
  const air = (1.3 / .7) ** .03;
  assertClose(low, .7 / air, 1e-12);
  assertClose(high, 1.3 * air, 1e-12);
});

Deno.test("equityFrame() always holds what it must, and lines that only double the frame", () => {
  const lines = [line("a", .8, 1.3), line("b", .7, 1.1), line("lost", .03, 1)];
  assert.deepEqual(equityFrame(lines, ["lost"]).outside, []); // the frame of a and b with it is not left by any of them
  assert.deepEqual(equityFrame([...lines.slice(0, 2), line("c", .4, 1)], ["a"]).outside, []);
});

// By hand on a log scale: from 1 to 0.25 the frame's foot at 0.5 is crossed half way.
Deno.test("withinFrame() ends a line at the edge of its frame and begins it there again", () => {
  const points = withinFrame([[0, 1], [2, .25], [4, .25], [6, 1]], [.5, 2]);
  assert.deepEqual(points, [[0, 1], [1, .5], [2, NaN], [5, .5], [6, 1]]);
});

Deno.test("withinFrame() leaves no finite point outside", () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: .01, max: 100, noNaN: true }), { maxLength: 30 }), (ys) => {
      const inside = withinFrame(ys.map((y, i) => [i, y]), [.5, 2]);
      for (const [, y] of inside) assert.ok(Number.isNaN(y) || y >= .5 && y <= 2);
    }),
    { seed: 7 },
  );
});

Deno.test("equityTicks() has the start, round multiples, and room between them", () => {
  assert.deepEqual(equityTicks([.3, 1.4], 7), [.3, .4, .5, .8, 1, 1.25]);
  assert.deepEqual(equityTicks([.45, 1.9], 3), [.5, 1, 1.5]);
  fc.assert(
    fc.property(
      fc.double({ min: .02, max: .9, noNaN: true }),
      fc.double({ min: 1.1, max: 500, noNaN: true }),
      (low, high) => {
        const ticks = equityTicks([low, high], 7);
        assert.ok(ticks.length >= 2 && ticks.length <= 12, `${ticks}`);
      },
    ),
    { seed: 7 },
  );
});
