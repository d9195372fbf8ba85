/** A short run on a disk that fails at a call: what a test tries at some calls, and `deno task disk-trials` at all. */
import assert from "node:assert/strict";
import { cpSync } from "node:fs";
import { dirname, join } from "node:path";
import { checkpointFiles } from "popagent/adapters/runs/checkpoint_files.ts";
import { runFolders } from "popagent/adapters/runs/run_folders.ts";
import { listRuns } from "popagent/adapters/runs/run_list.ts";
import { trialTable } from "popagent/adapters/ledger/trial_table.ts";
import { mistakeOf } from "popagent/cli/mistakes.ts";
import { UserError } from "popagent/core/user_error.ts";
import type { PopulationRunConfig } from "popagent/experiments/config.ts";
import { JOBS } from "popagent/experiments/jobs/registry.ts";
import { createDesk } from "popagent/experiments/market.ts";
import { noCheckpoints } from "popagent/experiments/ports/checkpoints.ts";
import type { Jobs } from "popagent/experiments/ports/jobs.ts";
import type { RunIdentity } from "popagent/experiments/ports/run_store.ts";
import { runPopulationSeeds } from "popagent/experiments/population_seeds.ts";
import { runId } from "popagent/experiments/run_id.ts";
import { planRun } from "popagent/experiments/run_plan.ts";
import { inFolder, tree } from "../cli/cli.ts";
import { panel, smallConfig } from "../population/small_run.ts";
import { type Fails, onFaultyDisk } from "./faulty_disk.ts";

const config: PopulationRunConfig = { ...smallConfig(), iterations: 2, references: false };
const plan = planRun(config, panel);
const desk = createDesk(plan.panel, config, 256 * 2 ** 20);
const identity: RunIdentity = { command: "population", plan };
const id = runId(identity);

/** Jobs in this process, so that a disk that fails here fails for them too. */
const jobs: Jobs = {
  workers: 1,
  offer: () => () => {},
  run: ({ job, iterations, proposals, checkpoints }, onProgress) =>
    JOBS[job].run({
      plan,
      desk,
      iterations,
      proposals,
      onProgress,
      checkpoints: checkpoints === null ? noCheckpoints : checkpointFiles(checkpoints),
    }),
};

async function run(root: string, resume: boolean): Promise<void> {
  const services = {
    runs: runFolders(root),
    trials: trialTable(join(root, "..", "ledger.sqlite")),
    now: () => 0,
  };
  await runPopulationSeeds({ plan, seeds: [config.seed], resume, onProgress: () => {} }, jobs, services);
}

async function bytesIn(root: string): Promise<string[]> {
  const names = ["result.json", "events.jsonl", "series.parquet"];
  return await Promise.all(names.map(async (name) => (await Deno.readFile(join(root, id, name))).toHex()));
}

/** Runs, or goes on, as a person does who was told of the fault and has made room. */
async function afterwards(root: string): Promise<void> {
  try {
    await run(root, true);
  } catch (error) {
    assert.ok(error instanceof UserError && /There is no unfinished run/.test(error.message), String(error));
    await run(root, false);
  }
}

/** The bytes of an undisturbed run, and its folder to begin others from. */
const prepared = join(await Deno.makeTempDir(), "runs");
addEventListener("unload", () => Deno.removeSync(dirname(prepared), { recursive: true }));
await run(prepared, false);
const expected = await bytesIn(prepared);

/** What happens at call n, and whether a finished run of the same name is there before. */
export const DISK_FAULTS: readonly (readonly [string, boolean, (n: number) => Fails])[] = [
  ["a first run on a disk that is full from call n on", false, (n) => (call) => call >= n],
  ["a finished run that is repeated on a disk that fails at call n", true, (n) => (call) => call === n],
];

/**
 * One trial.
 *
 * @returns Whether the run came as far as call n, and whether it was refused there; null for no such call.
 * @throws If what is left is not whole, was not told, or is not resumed to the same bytes.
 */
export async function diskTrial(
  before: boolean,
  fails: Fails,
  n: number,
): Promise<{ readonly refused: boolean } | null> {
  let met = false, refused = false;
  await inFolder(async (folder) => {
    const root = join(folder, "runs");
    if (before) cpSync(prepared, root, { recursive: true });
    let wrong: unknown = null;
    const calls = await onFaultyDisk(fails, () => run(root, false).catch((error) => void (wrong = error)));
    met = calls >= n;
    refused = wrong !== null;
    if (refused) {
      assert.match(mistakeOf(wrong) ?? Deno.inspect(wrong), /^Cannot .*disk is full/, `call ${n}`);
    }
    // Whatever is listed as finished is whole, and what was not told must be.
    const { runs } = await listRuns(root);
    if (!refused || runs.length > 0) assert.deepEqual(await bytesIn(root), expected, `call ${n}`);
    await afterwards(root);
    assert.deepEqual(await bytesIn(root), expected, `call ${n}, afterwards`);
    const left = (await tree(root)).filter((path) => !path.startsWith(id));
    assert.deepEqual(left, [], `call ${n}: nothing else is left`);
  });
  return met ? { refused } : null;
}
