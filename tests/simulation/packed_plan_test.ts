import assert from "node:assert/strict";
import fc from "fast-check";
import { packedBytes, packPlan, unpackPlan } from "popagent/simulation/packed_plan.ts";
import { createPlan, PLAN_WIDTH } from "popagent/simulation/plan.ts";

Deno.test("findings H.1: a packed plan is the plan to the bit, and smaller where columns stand still", () => {
  const values = fc.array(fc.constantFrom(0, -0, 1, 0.1, NaN, Infinity), { minLength: 8, maxLength: 8 });
  fc.assert(
    fc.property(
      fc.array(values, { minLength: 1, maxLength: 12 }),
      fc.integer({ min: 0, max: 255 }),
      (rows, still) => {
        const plan = createPlan(rows.length, 1);
        rows.forEach((row, t) =>
          row.forEach((value, i) => plan.values[t * PLAN_WIDTH + i] = still >> i & 1 ? rows[0]![i]! : value)
        );
        const packed = packPlan(plan);
        assert.deepEqual(unpackPlan(packed), plan); // deepEqual of strict tells 0 from -0
        assert.ok(packedBytes(packed) <= Math.max(64, plan.values.byteLength));
      },
    ),
  );
  const quiet = createPlan(100, 5);
  for (let at = 0; at < quiet.values.length; at += PLAN_WIDTH) quiet.values.set([at, 2, 0.1], at);
  assert.equal(packedBytes(packPlan(quiet)), 500 * 8 + 7 * 8);
});
