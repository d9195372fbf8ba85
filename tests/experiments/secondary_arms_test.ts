/** The arms of the secondary ablations as `deno task arms-smoke` found them on a tiny market. */
import assert from "node:assert/strict";
import { readGridFile } from "popagent/adapters/config/grid_file.ts";
import { ROLES } from "popagent/genome/role.ts";
import { SECONDARY, type SmokedArm } from "./arms_smoke.ts";

const { arms }: { readonly arms: readonly SmokedArm[] } = JSON.parse(
  await Deno.readTextFile(new URL("../results/secondary_arms.json", import.meta.url)),
);
const of = (name: string) => arms.find(({ arm }) => arm === name)!;

Deno.test("issue 13: every arm of secondary.yaml ran, and differs from full in what it is about", async () => {
  const grid = await readGridFile(SECONDARY.pathname);
  assert.deepEqual(
    arms.map(({ arm }) => arm),
    grid.markets[0]!.arms.map(({ name }) => name),
    "deno task arms-smoke",
  );
  assert.deepEqual(arms.filter(({ refusal }) => refusal !== null), []);
  assert.equal(
    new Set(arms.map(({ equity }) => equity)).size,
    arms.length - 1,
    "tau 0 is no transfer, all others differ",
  );
});

Deno.test("issue 13: tau 0 equals no transfer to the byte, and full teaches and mutates", () => {
  assert.equal(of("transferTau=0").equity, of("noTransfer").equity);
  assert.deepEqual([of("noTransfer").lessons > 0, of("full").lessons > 0, of("full").mutants > 0], [
    false,
    true,
    true,
  ]);
});

Deno.test("issue 13: a lesion of each role and the placebo are arms, each with fewer lessons, or as many from others", () => {
  for (const role of ROLES) {
    const lesion = of(`frozen${role.charAt(0).toUpperCase()}${role.slice(1)}`);
    assert.ok(lesion.lessons < of("full").lessons && lesion.lessons > 0, role);
  }
  assert.equal(of("placebo").lessons, of("full").lessons);
});
