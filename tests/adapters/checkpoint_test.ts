import assert from "node:assert/strict";
import { join } from "node:path";
import { checkpointFiles, memoryCheckpoints } from "popagent/adapters/checkpoint_files.ts";
import type { RunConfig } from "popagent/experiments/config.ts";
import { type Checkpoints, type JobName, type JobResult, JOBS } from "popagent/experiments/jobs.ts";
import { sharedDesk, smallConfig } from "../population/small_run.ts";

const ITERATIONS = 5;
const config: RunConfig = {
  ...smallConfig({ transferTau: .4, diversityTrigger: 1.05 }), // lessons and mutants at k = 2 and 4
  iterations: ITERATIONS,
};

class Killed extends Error {}

/** Runs a job; `killAfter` iterations it dies. */
function run(job: JobName, checkpoints: Checkpoints, killAfter = Infinity): JobResult {
  return JOBS[job]({
    desk: sharedDesk,
    config,
    checkpoints,
    onProgress: (done) => {
      if (done === killAfter) throw new Killed();
    },
  });
}

/** Calls `body` with the path of a fresh folder that is gone afterwards. */
function inFolder(body: (folder: string) => void): void {
  const folder = Deno.makeTempDirSync();
  try {
    body(join(folder, "checkpoints"));
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
}

const whole = run("population", memoryCheckpoints());

Deno.test("a run kept in files gives what a run kept in memory gives", () =>
  inFolder((folder) => assert.deepEqual(run("population", checkpointFiles(folder)), whole)));

/** What a kill may leave behind the last complete checkpoint. */
const WRECKS: Readonly<Record<string, (folder: string) => void>> = {
  "nothing": () => {},
  "an event line too many": (folder) => append(folder, '{"k":99}\n'),
  "half an event line": (folder) => append(folder, '{"k":9'),
  "a line too many and half of another": (folder) => append(folder, '{"k":99}\n{"k":'),
  "half a state in a temporary file": (folder) =>
    Deno.writeTextFileSync(join(folder, "population.json.tmp"), '{"iterations":9'),
};

function append(folder: string, text: string): void {
  Deno.writeTextFileSync(join(folder, "population.events.jsonl"), text, { append: true });
}

for (const [left, wreck] of Object.entries(WRECKS)) {
  Deno.test(`a run killed after any iteration and leaving ${left} goes on to the same bytes`, () => {
    for (let at = 1; at < ITERATIONS; at++) {
      inFolder((folder) => {
        assert.throws(() => run("population", checkpointFiles(folder), at), Killed);
        wreck(folder);
        const resumed = run("population", checkpointFiles(folder));
        assert.deepEqual(resumed, whole, `killed after ${at}`);
        assert.equal(JSON.stringify(resumed.events), JSON.stringify(whole.events));
      });
    }
  });
}

Deno.test("a run killed before its first checkpoint starts afresh, whatever event it had written", () =>
  inFolder((folder) => {
    const checkpoints = checkpointFiles(folder);
    append(folder, '{"k":0}\n');
    assert.deepEqual(run("population", checkpoints), whole);
  }));

Deno.test("a run may be killed again and again", () =>
  inFolder((folder) => {
    for (const at of [1, 2, 2, 4]) {
      assert.throws(() => run("population", checkpointFiles(folder), at), Killed);
      append(folder, '{"half":');
    }
    assert.deepEqual(run("population", checkpointFiles(folder)), whole);
  }));

Deno.test("a finished run resumed does nothing again", () =>
  inFolder((folder) => {
    run("population", checkpointFiles(folder));
    const counted: number[] = [];
    const again = JOBS.population({
      desk: sharedDesk,
      config,
      checkpoints: checkpointFiles(folder),
      onProgress: (done) => counted.push(done),
    });
    assert.deepEqual(counted, [ITERATIONS]);
    assert.deepEqual(again, whole);
  }));

Deno.test("learners share a folder without mixing, and each resumes where it was", () => {
  const alone = (["selectionOnly", "singleAgent"] as const).map((job) => run(job, memoryCheckpoints()));
  inFolder((folder) => {
    for (const job of ["population", "selectionOnly", "singleAgent"] as const) {
      assert.throws(() => run(job, checkpointFiles(folder), 3), Killed);
    }
    assert.deepEqual(run("singleAgent", checkpointFiles(folder)), alone[1]);
    assert.deepEqual(run("selectionOnly", checkpointFiles(folder)), alone[0]);
    assert.deepEqual(run("population", checkpointFiles(folder)), whole);
  });
});

Deno.test("a state is a few kB", () =>
  inFolder((folder) => {
    run("population", checkpointFiles(folder));
    const { state } = JSON.parse(Deno.readTextFileSync(join(folder, "population.json"))) as {
      state: unknown;
    };
    assert.ok(JSON.stringify(state).length < 20_000);
  }));
