import assert from "node:assert/strict";
import { readModels } from "popagent/adapters/llm/models_file.ts";
import { fitted } from "../../tools/queue_scale.ts";
import { dollarTable, recordedTokens } from "../../tools/scale_dollars.ts";

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
  assert.deepEqual(
    fitted([[1, 0], [100, 25], [1000, 205], [10_000, 2005]]),
    { fixed, each },
    "0 tells nothing",
  );
  assert.equal(fitted([[1, 1], [2, 3], [3, 5]]).fixed, 0, "nothing costs less than nothing");
});

Deno.test("whatever broke, every cell was counted once, and none begun again but those whose worker was lost", async () => {
  const { killed, restarted, cutOff, poisoned } = await stored("breaks");
  assert.equal(killed.kills, 20);
  for (const one of [killed, restarted, cutOff]) {
    assert.deepEqual([one.done, one.countedTwice, one.failed], [one.cells, 0, {}]);
  }
  assert.ok(
    killed.begunAgain > 0 && killed.begunAgain <= killed.kills && killed.endedAgain <= killed.begunAgain,
  );
  assert.ok(cutOff.cutSeconds > cutOff.lockSeconds && cutOff.begunAgain === 1);
  assert.equal(poisoned.done, poisoned.cells - 2);
  assert.equal(poisoned.failed[poisoned.fails], "poisoned, as planned");
  assert.match(
    poisoned.failed[poisoned.kills],
    /its worker must live to its end: each that took it was lost/,
  );
});

Deno.test("10,000 tiny cells were carried nearly as fast as by a bare loop, in memory that stayed flat; two workers helped", async (t) => {
  const speed = await stored("speed").catch(() => null);
  if (speed === null) {
    return console.log("  not measured yet: deno task queue-trials --only speed, on idle cores");
  }
  const { throughput, scaling } = speed;
  if (throughput.cells < 10_000) {
    return console.log(
      "  only a small measurement is stored: deno task queue-trials --only speed, on idle cores",
    );
  }
  assert.ok(throughput.ratio >= 0.8, `${throughput.ratio}`);
  const half = throughput.samples.filter(({ done }: { done: number }) => done >= throughput.cells / 2);
  for (const kept of ["redisBytes", "submitterBytes", "workerBytes"]) {
    assert.ok(half.at(-1)[kept] <= 1.15 * half[0][kept], `${kept} grew over the second half of ${t.name}`);
  }
  assert.ok(scaling.median >= 1.8, `${scaling.median}`);
});

Deno.test("docs/SCALE.md tells the dollars of recorded tokens at the prices of configs/models.yaml", async () => {
  const told = (await Deno.readTextFile(new URL("../../docs/SCALE.md", import.meta.url)))
    .split("\n").map((line) => line.replaceAll(/ +/g, " ").replaceAll(/-{3,}/g, "---"));
  const { input, output } = await recordedTokens();
  assert.deepEqual([Math.round(input), Math.round(output)], [939, 151]);
  for (const row of dollarTable(await readModels(), { input, output }).split("\n")) {
    assert.ok(told.includes(row), row);
  }
  // by hand: 300 calls of 939.18 tokens at 2 dollars a million and 151.42 at 8
  assert.match(told.join("\n"), /\| gpt-4\.1 \([-\d]+\) \| 0\.93 \|/);
});
