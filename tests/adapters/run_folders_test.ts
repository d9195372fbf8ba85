import assert from "node:assert/strict";
import { join } from "node:path";
import { firstDifference } from "popagent/adapters/runs/resume.ts";
import { readRun } from "popagent/adapters/runs/run_files.ts";
import { removeRun, runFolders } from "popagent/adapters/runs/run_folders.ts";
import { UserError } from "popagent/core/user_error.ts";
import type { OpenRun, RunIdentity } from "popagent/experiments/ports/run_store.ts";
import { runId } from "popagent/experiments/run_id.ts";
import { inFolder, tree } from "../cli/cli.ts";
import { createRunFixture } from "../fixtures/run_fixture.ts";
import { panel, smallConfig } from "../population/small_run.ts";
import { FACTS, identityOf } from "./run_identity.ts";

const identity = identityOf();
const id = runId(identity);
const outcome = createRunFixture({ iterations: 2 });

/** Expects a mistake that says all of this. */
async function refuses(work: Promise<unknown>, ...says: readonly (string | RegExp)[]): Promise<void> {
  await assert.rejects(work, (error) => {
    assert.ok(error instanceof UserError, String(error));
    for (const part of says) {
      assert.ok(
        typeof part === "string" ? error.message.includes(part) : part.test(error.message),
        error.message,
      );
    }
    return true;
  });
}

/** Opens a run, uses it and closes it. */
async function opened(
  root: string,
  use: (run: OpenRun) => unknown,
  resume = false,
  one = identity,
): Promise<OpenRun> {
  const runs = runFolders(root);
  const run = await runs.open(one, resume);
  try {
    await use(run);
  } finally {
    await runs.close(run);
  }
  return run;
}

const finished = (root: string, one = identity) =>
  opened(root, (run) => runFolders(root).finish(run, outcome, FACTS), false, one);

Deno.test("firstDifference() names the first setting that differs, by its path, and both values", () => {
  const config = smallConfig();
  assert.equal(firstDifference(config, smallConfig()), null);
  assert.equal(
    firstDifference(config, { ...config, population: { ...config.population, transferTau: .2 } }),
    "population.transferTau is 0.2 there and 0.1 here",
  );
  assert.equal(firstDifference({ a: { b: [1, 2] } }, { a: { b: [1, 3] } }), "a.b.1 is 3 there and 2 here");
  assert.equal(firstDifference({ a: 1 }, { a: 1, b: 2 }), "b is 2 there and undefined here");
  assert.equal(firstDifference({ a: null }, { a: {} }), "a is {} there and null here");
});

Deno.test("a run's name says command and seed, and changes with settings, rows and where they are from", () => {
  assert.match(id, /^population-s1-[0-9a-f]{10}$/);
  assert.equal(runId(identityOf(smallConfig())), id);
  assert.notEqual(runId(identityOf(smallConfig({ transferTau: .2 }))), id);
  assert.notEqual(runId(identityOf(smallConfig(), { ...panel, hash: "other" })), id);
  const bybit = { kind: "bybit", folder: "data/bybit", unsealed: false, sealedRows: 0 } as const;
  const from = (source: typeof panel.source) => runId(identityOf(smallConfig(), { ...panel, source }));
  assert.equal(new Set([id, from(bybit), from({ ...bybit, unsealed: true })]).size, 3);
});

Deno.test("a run begun again starts afresh, a resumed one keeps its checkpoints", () =>
  inFolder(async (root) => {
    const runs = runFolders(root);
    assert.equal(await runs.stage(identity), "absent");
    const kept = (run: OpenRun) => join(run.checkpoints, "population.json");
    await opened(root, (run) => Deno.writeTextFile(kept(run), "{}"));
    assert.equal(await runs.stage(identity), "unfinished");
    const resumed = await opened(root, async (run) => {
      assert.equal(run.resumed, true);
      assert.equal(await Deno.readTextFile(kept(run)), "{}");
    }, true);
    assert.equal(resumed.id, id);
    await opened(root, async ({ checkpoints }) => {
      assert.deepEqual(await Array.fromAsync(Deno.readDir(checkpoints)), []);
    });
  }));

Deno.test("a finished run is there with its report and nothing else is; a discarded one leaves nothing", () =>
  inFolder(async (root) => {
    const runs = runFolders(root);
    await finished(root);
    assert.equal(await runs.stage(identity), "finished");
    const { result, report } = await runs.result(identity);
    assert.deepEqual(result, outcome.result);
    assert.match(await Deno.readTextFile(report), /<!DOCTYPE html>/);
    const { provenance } = await readRun(join(root, id));
    assert.deepEqual([provenance.trial, provenance.wallSeconds, provenance.resumed], [1, 2.5, false]);
    const names = [
      "config.json",
      "events.jsonl",
      "files.sha256",
      "provenance.json",
      "report.html",
      "result.json",
      "series.parquet",
    ];
    const whole = [id, ...names.map((name) => join(id, name))];
    assert.deepEqual(await tree(root), whole);

    await opened(root, (run) => runs.discard(run));
    assert.deepEqual(await tree(root), whole, "what was finished before stays");
  }));

Deno.test("findings G.1: a finished run stays whole until another is complete, and is replaced in one step", () =>
  inFolder(async (root) => {
    const runs = runFolders(root);
    await finished(root);
    const before = await Deno.readTextFile(join(root, id, "provenance.json"));
    await opened(root, async (run) => {
      assert.equal(await runs.stage(identity), "unfinished", "it is being repeated");
      assert.equal(await Deno.readTextFile(join(root, id, "provenance.json")), before);
      assert.deepEqual((await runs.result(identity)).result, outcome.result);
      await runs.finish(run, outcome, FACTS);
    });
    assert.equal((await readRun(join(root, id))).provenance.sequence, 2, "the second one");
    assert.equal(await runs.stage(identity), "finished");
  }));

Deno.test("findings G.1: a run that is open is refused to whoever else asks, with its holder's name", () =>
  inFolder(async (root) => {
    const runs = runFolders(root);
    const run = await runs.open(identity, false);
    await Deno.writeTextFile(join(run.checkpoints, "population.json"), "{}");
    const holder = new RegExp(
      `process ${Deno.pid} on ${Deno.hostname()}, since \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d UTC`,
    );
    await refuses(runFolders(root).open(identity, false), `Cannot run ${id}`, holder);
    await refuses(runFolders(root).open(identity, true), `Cannot resume ${id}`, holder);
    await refuses(removeRun(root, id), `Cannot remove ${id}`, holder);
    assert.equal(await Deno.readTextFile(join(run.checkpoints, "population.json")), "{}");
    await runs.close(run);
    await opened(root, () => {}, true); // now anybody may
    await removeRun(root, id);
    assert.deepEqual(await tree(root), []);
  }));

Deno.test("findings G.1: runs of other names are open side by side", () =>
  inFolder(async (root) => {
    await opened(root, async () => {
      await finished(root, identityOf({ ...smallConfig(), seed: 2 }));
    });
    assert.equal(await runFolders(root).stage(identity), "unfinished");
  }));

Deno.test("a run begun by another source is not resumed, and a finished result of it is named", () =>
  inFolder(async (root) => {
    await opened(root, () => {});
    const source = join(root, ".unfinished", id, "source.sha256");
    await Deno.writeTextFile(source, `${"0".repeat(64)}\n`);
    const resumed = () => runFolders(root).open(identity, true);
    await refuses(resumed(), /it was 000000000000 and is [0-9a-f]{12}\. Start/);
    await finished(root);
    await opened(root, () => {});
    await Deno.writeTextFile(source, `${"0".repeat(64)}\n`);
    await refuses(resumed(), `finished result of this run is in ${join(root, id)}`);
  }));

Deno.test("nothing to resume: the error says which runs are unfinished and where they differ", () =>
  inFolder(async (root) => {
    const resumed = (one: RunIdentity) => runFolders(root).open(one, true);
    await refuses(resumed(identity), "There is no unfinished run.");
    assert.deepEqual(await tree(root), [], "nothing is written");
    const begun = await opened(root, () => {}, false, identityOf(smallConfig({ transferTau: .2 })));
    await refuses(resumed(identity), `${begun.id}: population.transferTau is 0.2 there and 0.1 here`);
    await Deno.mkdir(join(root, ".unfinished", "population-s9-0123456789", "checkpoints"), {
      recursive: true,
    });
    await refuses(
      resumed(identity),
      `${begun.id}: population.transferTau`,
      "population-s9-0123456789: its config.json cannot be read: it was copied or restored in part",
    );
  }));

/** Parts of an unfinished run that a copy may have lost, and what is said then. */
const LOST: Readonly<Record<string, string>> = {
  "config.json": "must hold config.json: it was copied or restored in part",
  "source.sha256": "must hold source.sha256: it was copied or restored in part",
  "checkpoints": "must hold checkpoints: it was copied or restored in part",
};
for (const [name, says] of Object.entries(LOST)) {
  Deno.test(`findings J.1: an unfinished run without its ${name} is not resumed but told as a part of one`, () =>
    inFolder(async (root) => {
      await opened(root, () => {});
      await Deno.remove(join(root, ".unfinished", id, name), { recursive: true });
      await refuses(runFolders(root).open(identity, true), says, "start the run again without --resume");
      await finished(root); // which it may
    }));
}

Deno.test("findings J.1: an unfinished run under another's name is told", () =>
  inFolder(async (root) => {
    const other = await opened(root, () => {}, false, identityOf(smallConfig({ transferTau: .2 })));
    await Deno.rename(join(root, ".unfinished", other.id), join(root, ".unfinished", id));
    await refuses(runFolders(root).open(identity, true), join(id, "config.json"), "another configuration");
  }));

Deno.test("findings J.1: a part of a finished run is neither a result nor taken away", () =>
  inFolder(async (root) => {
    await finished(root);
    await Deno.remove(join(root, id, "result.json"));
    const runs = runFolders(root);
    assert.equal(await runs.stage(identity), "absent");
    await refuses(
      runs.open(identity, true),
      `${join(root, id)} holds no result.json: it was copied or restored in part`,
    );
    await refuses(runs.open(identity, false), `${join(root, id)} must be a finished run`, "Move it away");
    assert.ok((await tree(root)).includes(join(id, "events.jsonl")));
  }));

Deno.test("findings J.1: a run killed between its result and its home gets there, and its result is not made again", () =>
  inFolder(async (root) => {
    for (const earlier of [false, true]) {
      await Deno.remove(root, { recursive: true });
      await finished(root);
      const staging = join(root, ".unfinished", id);
      await Deno.mkdir(join(root, ".unfinished"));
      // What finishRun() has done by then: the result is written, perhaps the earlier run has stepped aside.
      if (earlier) await Deno.rename(join(root, id), `${staging}.before`);
      else await Deno.rename(join(root, id), staging);
      if (earlier) {
        await Deno.mkdir(staging);
        for (const { name } of Deno.readDirSync(`${staging}.before`)) {
          await Deno.copyFile(join(`${staging}.before`, name), join(staging, name));
        }
      }
      await Deno.mkdir(join(staging, "checkpoints"));
      assert.equal(await runFolders(root).stage(identity), "finished", `an earlier one: ${earlier}`);
      assert.deepEqual((await readRun(join(root, id))).result, outcome.result);
      assert.ok((await tree(root)).every((path) => path.startsWith(id)), "and nothing else is left");
    }
  }));

Deno.test("findings J.1: an earlier run that had stepped aside for one that never came is there again", () =>
  inFolder(async (root) => {
    await finished(root);
    await Deno.mkdir(join(root, ".unfinished"));
    await Deno.rename(join(root, id), join(root, ".unfinished", `${id}.before`));
    assert.equal(await runFolders(root).stage(identity), "finished");
    assert.deepEqual((await readRun(join(root, id))).result, outcome.result);
  }));

Deno.test("a folder that cannot be written is a mistake with its path", () =>
  inFolder(async (root) => {
    const file = join(root, "file");
    await Deno.writeTextFile(file, "");
    await refuses(runFolders(file).open(identity, false), file);
  }));

Deno.test("removeRun() removes runs and nothing else", () =>
  inFolder(async (root) => {
    await finished(join(root, "runs"));
    for (const wrong of ["..", "../runs", ".", "", "nothing"]) {
      await refuses(removeRun(join(root, "runs"), wrong), /must hold it, finished or not/);
    }
    assert.ok((await tree(root)).length > 1);
  }));
