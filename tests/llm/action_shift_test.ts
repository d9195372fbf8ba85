import assert from "node:assert/strict";
import { rng } from "popagent/core/rng.ts";
import { actionShift } from "popagent/llm/action_shift.ts";

/** So many decisions, each answered so often by a stream: mostly its own side, sometimes another. */
function answers(name: string, decisions: number, samples: number, hold: number): string[][] {
  const random = rng("answers", name);
  return Array.from({ length: decisions }, (_, i) =>
    Array.from({ length: samples }, () => {
      if (random.uniform() < hold) return "hold";
      return random.uniform() < 0.8 ? ["long", "short"][i % 2]! : "flat";
    }));
}

// By hand: before long 3/4, flat 1/4; after long 1/4, hold 3/4: half of (1/2 + 1/4 + 3/4) is 3/4.
Deno.test("actionShift() matches the worked example", () => {
  const { distance, shares } = actionShift(
    [["long", "long"], ["long", "flat"]],
    [["hold", "long"], ["hold"]],
    "a",
  );
  assert.equal(distance, 0.75);
  assert.deepEqual(shares, {
    flat: { before: 0.25, after: 0 },
    hold: { before: 0, after: 0.75 },
    long: { before: 0.75, after: 0.25 },
  });
});

Deno.test("issue 14: one clause that turns a trader into 90 % hold does not pass unnoticed", () => {
  const before = answers("before", 40, 3, 0.05), after = answers("after", 40, 1, 0.9);
  const { moved, p, shares } = actionShift(before, after, "shift");
  assert.ok(moved && p === 0.001);
  assert.ok(shares.hold!.after > 0.8);
});

Deno.test("issue 14: asking again is no change: at 5 % some 5 of 100 comparisons say so, not more", () => {
  let moved = 0;
  for (let i = 0; i < 60; i++) {
    const same = actionShift(answers(`b${i}`, 20, 3, 0.2), answers(`a${i}`, 20, 2, 0.2), `null ${i}`);
    if (same.moved) moved++;
    assert.equal(same.moved, same.p <= 0.05);
  }
  assert.ok(moved <= 8, `${moved} of 60; 8 or fewer in 99.6 % of cases`);
});

Deno.test("actionShift() refuses sides that are not the same decisions", () => {
  assert.throws(() => actionShift([["long"]], [], "x"), /1 before, 0 after/);
  assert.throws(() => actionShift([], [], "x"), RangeError);
  assert.throws(() => actionShift([["long"]], [[]], "x"), RangeError);
});
