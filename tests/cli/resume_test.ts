import assert from "node:assert/strict";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { inFolder, only, popagent, startPopagent } from "./cli.ts";

const CONFIG = fileURLToPath(new URL("../../configs/smoke.yaml", import.meta.url));
const ARGS = ["population", "--config", CONFIG, "--json"];
const SAME_BYTES = ["result.json", "events.jsonl", "series.parquet"];
const PAUSE_MS = 5;

/** Iterations that the population's checkpoint says are done; 0 before the first. */
async function iterationsDone(folder: string): Promise<number> {
  try {
    const run = await only(join(folder, "data", "runs", ".unfinished"), /^population-s1-\w+$/);
    const checkpoint = join(run, "checkpoints", "population.json");
    return (JSON.parse(await Deno.readTextFile(checkpoint)) as { iterations: number }).iterations;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || (error as Error).message.startsWith("Cannot take")) return 0;
    throw error;
  }
}

Deno.test("a run killed in the middle and resumed leaves the same bytes as one that was not", async () => {
  await inFolder(async (whole) => {
    assert.equal((await popagent(whole, ...ARGS)).code, 0);
    await inFolder(async (broken) => {
      const child = startPopagent(broken, ...ARGS);
      while (await iterationsDone(broken) < 3) await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
      child.kill("SIGKILL");
      await child.status;
      assert.ok(await iterationsDone(broken) >= 3);

      const resumed = await popagent(broken, ...ARGS, "--resume");
      assert.equal(resumed.code, 0, resumed.stderr);
      const [a, b] = [await only(join(whole, "data", "runs")), await only(join(broken, "data", "runs"))];
      for (const file of SAME_BYTES) {
        assert.deepEqual(await Deno.readFile(join(b, file)), await Deno.readFile(join(a, file)), file);
      }
      const provenance = JSON.parse(await Deno.readTextFile(join(b, "provenance.json"))) as {
        resumed: boolean;
      };
      assert.equal(provenance.resumed, true);
    });
  });
});

Deno.test("several seeds resumed: the finished one is read, the missing one is run, the table is the same", async () => {
  await inFolder(async (folder) => {
    const args = ["population", "--config", CONFIG, "--iterations", "2", "--no-references", "--seeds", "1-2"];
    const whole = await popagent(folder, ...args);
    assert.equal(whole.code, 0, whole.stderr);
    const runs = join(folder, "data", "runs");
    const names = [...Deno.readDirSync(runs)].map(({ name }) => name).sort();
    assert.equal(names.length, 2);
    const kept = join(runs, names[0]!, "provenance.json");
    const before = await Deno.readTextFile(kept);
    await Deno.remove(join(runs, names[1]!), { recursive: true });

    const resumed = await popagent(folder, ...args, "--resume");
    assert.equal(resumed.code, 0, resumed.stderr);
    assert.equal(resumed.stdout, whole.stdout);
    assert.match(resumed.stdout, /Population \(champion\)/);
    assert.equal(await Deno.readTextFile(kept), before);
    assert.deepEqual([...Deno.readDirSync(runs)].map(({ name }) => name).sort(), names);
  });
});
