import assert from "node:assert/strict";
import { differences, madeRun, storedRun } from "./compare.ts";
import { GOLDEN_CASES } from "./golden_runs.ts";

/** The runs that every test run makes again; `deno task golden` makes all of them. */
const IN_TESTS = ["smoke", "selective", "multi"];

for (const name of IN_TESTS) {
  Deno.test(`golden set: ${name} gives the stored values, bit for bit`, async () => {
    const made = await madeRun(GOLDEN_CASES.find((one) => one.name === name)!);
    assert.deepEqual(differences(storedRun(name), made).slice(0, 5), []);
  });
}

Deno.test("golden set: every run of the set is stored", () => {
  for (const { name } of GOLDEN_CASES) assert.ok(Object.keys(storedRun(name).strategies).length > 0, name);
});

Deno.test("golden set: one changed bit of one equity is a difference", () => {
  const stored = storedRun("multi");
  const changed = structuredClone(stored) as unknown as { strategies: Record<string, { metrics: object }> };
  Object.assign(changed.strategies.pipeline!.metrics, { sharpe: 0 });
  assert.equal(differences(stored, changed).length, 1);
});
