import assert from "node:assert/strict";
import { join } from "node:path";
import { firstDifference } from "popagent/adapters/runs/resume.ts";
import { runFolders, runId } from "popagent/adapters/runs/run_folders.ts";
import { readRun } from "popagent/adapters/runs/run_files.ts";
import type { PopulationRunConfig } from "popagent/experiments/config.ts";
import type { RunIdentity } from "popagent/experiments/ports/run_store.ts";
import { planRun } from "popagent/experiments/run_plan.ts";
import { createRunFixture } from "../fixtures/run_fixture.ts";
import { UserError } from "popagent/core/user_error.ts";
import { panel, smallConfig } from "../population/small_run.ts";

async function inFolder(body: (root: string) => Promise<void>): Promise<void> {
  const root = await Deno.makeTempDir();
  try {
    await body(root);
  } finally {
    await Deno.remove(root, { recursive: true });
  }
}

const identityOf = (config: PopulationRunConfig, rows = panel): RunIdentity => ({
  command: "population",
  plan: { ...planRun(config, panel), panel: rows },
});
const identity = identityOf(smallConfig());

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

Deno.test("a run's name says command and seed, and changes with any setting and with the rows", () => {
  const id = runId(identity);
  assert.match(id, /^population-s1-[0-9a-f]{10}$/);
  assert.equal(runId(identityOf(smallConfig())), id);
  assert.notEqual(runId(identityOf(smallConfig({ transferTau: .2 }))), id);
  assert.notEqual(runId(identityOf(smallConfig(), { ...panel, hash: "other" })), id);
});

Deno.test("a folder begun again is emptied, a resumed one keeps its checkpoints", () =>
  inFolder(async (root) => {
    const runs = runFolders(root);
    assert.equal(await runs.stage(identity), "absent");
    const first = await runs.open(identity, false);
    assert.equal(await runs.stage(identity), "unfinished");
    await Deno.writeTextFile(join(first.checkpoints, "population.json"), "{}");
    const resumed = await runs.open(identity, true);
    assert.deepEqual(resumed, { ...first, resumed: true });
    assert.equal(await Deno.readTextFile(join(resumed.checkpoints, "population.json")), "{}");
    const again = await runs.open(identity, false);
    assert.deepEqual(await Array.fromAsync(Deno.readDir(again.checkpoints)), []);
  }));

Deno.test("a finished run is there with its report, its checkpoints are gone; a discarded one is gone itself", () =>
  inFolder(async (root) => {
    const runs = runFolders(root);
    const outcome = createRunFixture({ iterations: 2 });
    const run = await runs.open(identity, false);
    const report = await runs.finish(run, outcome, { trial: 3, startedAt: 0, finishedAt: 2500 });
    assert.match(await Deno.readTextFile(report), /<!DOCTYPE html>/);
    assert.equal(await runs.stage(identity), "finished");
    assert.deepEqual(await runs.result(identity), outcome.result);
    const { provenance } = await readRun(join(root, run.id));
    assert.deepEqual([provenance.trial, provenance.wallSeconds, provenance.resumed], [3, 2.5, false]);
    const names = [...Deno.readDirSync(join(root, run.id))].map(({ name }) => name).sort();
    assert.deepEqual(names, [
      ...["config.json", "events.jsonl", "provenance.json", "report.html", "result.json", "series.parquet"],
    ]);
    await runs.discard(await runs.open(identity, false));
    assert.equal(await runs.stage(identity), "absent");
  }));

Deno.test("a run begun by another source is not resumed", () =>
  inFolder(async (root) => {
    const { id } = await runFolders(root).open(identity, false);
    await Deno.writeTextFile(join(root, id, "source.sha256"), `${"0".repeat(64)}\n`);
    await assert.rejects(
      runFolders(root).open(identity, true),
      (error) =>
        error instanceof UserError && /it was 000000000000 and is [0-9a-f]{12}\. Start/.test(error.message),
    );
  }));

Deno.test("nothing to resume: the error says which runs are unfinished and where they differ", () =>
  inFolder(async (root) => {
    const runs = runFolders(root);
    await assert.rejects(
      runs.open(identity, true),
      (error) => error instanceof UserError && /There is no unfinished run\./.test(error.message),
    );
    const begun = await runs.open(identityOf(smallConfig({ transferTau: .2 })), false);
    await assert.rejects(
      runs.open(identity, true),
      (error) =>
        error instanceof UserError &&
        error.message.includes(`${begun.id}: population.transferTau is 0.2 there and 0.1 here`),
    );
  }));

Deno.test("a folder that cannot be written is a mistake with its path", () =>
  inFolder(async (root) => {
    const file = join(root, "file");
    await Deno.writeTextFile(file, "");
    await assert.rejects(
      runFolders(file).open(identity, false),
      (error) => error instanceof UserError && error.message.includes(file),
    );
  }));
