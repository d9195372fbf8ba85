import assert from "node:assert/strict";
import { fitted } from "../../tools/queue_scale.ts";

/** What `deno task queue-trials` has stored. */
async function stored(name: string) {
  return JSON.parse(await Deno.readTextFile(new URL(`../results/queue_${name}.json`, import.meta.url)));
}

Deno.test("one experiment was run by pool, queue, shards and a real Slurm array: one hash, as many trials", async () => {
  const { hashes, trials, same } = await stored("same");
  assert.deepEqual(Object.keys(hashes), ["pool", "queue", "shards", "slurm"]);
  assert.deepEqual([new Set(Object.values(hashes)).size, new Set(Object.values(trials)).size, same], [
    1,
    1,
    true,
  ]);
});

Deno.test("a line is fitted so that each relative error weighs the same", () => {
  const { fixed, each } = fitted([[100, 25], [1000, 205], [10_000, 2005]]);
  assert.ok(Math.abs(fixed - 5) < 1e-6 && Math.abs(each - 0.2) < 1e-9, `${fixed} ${each}`);
  assert.equal(fitted([[1, 1], [2, 3], [3, 5]]).fixed, 0, "nothing costs less than nothing");
});
