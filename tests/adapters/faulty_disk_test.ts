import assert from "node:assert/strict";
import stored from "../results/disk_trials.json" with { type: "json" };
import { DISK_FAULTS, diskTrial } from "./disk_trial.ts";

/** Every call is tried by `deno task disk-trials`; here every so manieth. */
const STRIDE = 9;

for (const [what, before, failing] of DISK_FAULTS) {
  Deno.test(`findings J.2: ${what}, for some n: told, and resumed to the same bytes`, async () => {
    let refused = 0;
    for (let n = 1;; n += STRIDE) {
      const trial = await diskTrial(before, failing(n), n);
      if (trial === null) break;
      if (trial.refused) refused++;
    }
    assert.ok(refused > 5, `only ${refused} calls were refused`);
  });
}

Deno.test("findings J.2: every call was tried once, and each was told and resumed to the same bytes", () => {
  assert.deepEqual(stored.map(({ what }) => what), DISK_FAULTS.map(([what]) => what));
  for (const { calls, refused } of stored) {
    assert.ok(calls >= refused && refused > 30, `${refused} of ${calls}`);
  }
});
