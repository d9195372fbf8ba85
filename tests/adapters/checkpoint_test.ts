import assert from "node:assert/strict";
import { join } from "node:path";
import { checkpointFiles } from "popagent/adapters/runs/checkpoint_files.ts";
import type { PopulationRunConfig } from "popagent/experiments/config.ts";
import type { JobResult } from "popagent/experiments/jobs/job_result.ts";
import { type JobName, JOBS } from "popagent/experiments/jobs/registry.ts";
import { createDesk } from "popagent/experiments/market.ts";
import { type Checkpoints, noCheckpoints } from "popagent/experiments/ports/checkpoints.ts";
import { planRun } from "popagent/experiments/run_plan.ts";
import { jobInput } from "../experiments/job_input.ts";
import { panel, smallConfig } from "../population/small_run.ts";

const ITERATIONS = 5;
const config: PopulationRunConfig = {
  ...smallConfig({ transferTau: .4, diversityTrigger: 1.05 }), // lessons and mutants at k = 2 and 4
  iterations: ITERATIONS,
};
const desk = createDesk(planRun(config, panel).panel, config, 256 * 2 ** 20);

class Killed extends Error {}

/** Runs a job; `killAfter` iterations it dies. */
function run(job: JobName, checkpoints: Checkpoints, killAfter = Infinity): Promise<JobResult> {
  const onProgress = (done: number) => {
    if (done === killAfter) throw new Killed();
  };
  return JOBS[job].run(jobInput(desk, config, { checkpoints, onProgress }));
}

/** Calls `body` with the path of a fresh folder that is gone afterwards. */
async function inFolder(body: (folder: string) => Promise<void>): Promise<void> {
  const folder = Deno.makeTempDirSync();
  try {
    await body(join(folder, "checkpoints"));
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
}

const whole = await run("population", noCheckpoints);

Deno.test("a run kept in files gives what a run kept nowhere gives", () =>
  inFolder(async (folder) => assert.deepEqual(await run("population", checkpointFiles(folder)), whole)));

/** What a kill may leave behind the last complete checkpoint. */
const WRECKS: Readonly<Record<string, (folder: string) => void>> = {
  "nothing": () => {},
  "a line too many": (folder) => append(folder, '{"k":99}\n'),
  "half a line": (folder) => append(folder, '{"k":9'),
  "a line too many and half of another": (folder) => append(folder, '{"k":99}\n{"k":'),
  "half a state in a temporary file": (folder) =>
    Deno.writeTextFileSync(join(folder, "population.json.tmp"), '{"iterations":9'),
};

function append(folder: string, text: string): void {
  Deno.writeTextFileSync(join(folder, "population.iterations.jsonl"), text, { append: true });
}

for (const [left, wreck] of Object.entries(WRECKS)) {
  Deno.test(`a run killed after any iteration and leaving ${left} goes on to the same bytes`, async () => {
    for (let at = 1; at < ITERATIONS; at++) {
      await inFolder(async (folder) => {
        await assert.rejects(run("population", checkpointFiles(folder), at), Killed);
        wreck(folder);
        const resumed = await run("population", checkpointFiles(folder));
        assert.deepEqual(resumed, whole, `killed after ${at}`);
        assert.equal(JSON.stringify(resumed.events), JSON.stringify(whole.events));
      });
    }
  });
}

Deno.test("a run killed before its first checkpoint starts afresh, whatever iteration it had written", () =>
  inFolder(async (folder) => {
    const checkpoints = checkpointFiles(folder);
    append(folder, '{"k":0}\n');
    assert.deepEqual(await run("population", checkpoints), whole);
  }));

Deno.test("a run may be killed again and again", () =>
  inFolder(async (folder) => {
    for (const at of [1, 2, 2, 4]) {
      await assert.rejects(run("population", checkpointFiles(folder), at), Killed);
      append(folder, '{"half":');
    }
    assert.deepEqual(await run("population", checkpointFiles(folder)), whole);
  }));

Deno.test("a finished run resumed does nothing again", () =>
  inFolder(async (folder) => {
    await run("population", checkpointFiles(folder));
    const counted: number[] = [];
    const onProgress = (done: number) => void counted.push(done);
    const again = await JOBS.population.run(
      jobInput(desk, config, { checkpoints: checkpointFiles(folder), onProgress }),
    );
    assert.deepEqual(counted, [ITERATIONS]);
    assert.deepEqual(again, whole);
  }));

Deno.test("learners share a folder without mixing, and each resumes where it was", async () => {
  const alone = [await run("selectionOnly", noCheckpoints), await run("singleAgent", noCheckpoints)];
  await inFolder(async (folder) => {
    for (const job of ["population", "selectionOnly", "singleAgent"] as const) {
      await assert.rejects(run(job, checkpointFiles(folder), 3), Killed);
    }
    assert.deepEqual(await run("singleAgent", checkpointFiles(folder)), alone[1]);
    assert.deepEqual(await run("selectionOnly", checkpointFiles(folder)), alone[0]);
    assert.deepEqual(await run("population", checkpointFiles(folder)), whole);
  });
});

Deno.test("findings G.8: a state is a few kB, and an iteration costs the same however many stand before it", () =>
  inFolder(async (folder) => {
    await run("population", checkpointFiles(folder));
    const { state } = JSON.parse(Deno.readTextFileSync(join(folder, "population.json"))) as {
      state: unknown;
    };
    assert.ok(JSON.stringify(state).length < 20_000);
    const lines = Deno.readTextFileSync(join(folder, "population.iterations.jsonl")).trimEnd().split("\n");
    assert.equal(lines.length, ITERATIONS);
    const [first, last] = [lines[0]!.length, lines.at(-1)!.length];
    assert.ok(last < 2 * first, `${first} bytes at first, ${last} at last`);
  }));

Deno.test("a number that JSON cannot hold is refused, not stored as nothing", () =>
  inFolder((folder) => {
    const { append } = checkpointFiles(folder);
    const iteration = { events: [{ score: Infinity }], bars: {} };
    assert.throws(() => append("population", {}, iteration), /numbers must be finite: score is Infinity/);
    return Promise.resolve();
  }));
