import assert from "node:assert/strict";
import { join } from "node:path";
import { RUN_FILES, writeRun } from "popagent/adapters/runs/run_files.ts";
import { listRuns, loadRun, nextSequence } from "popagent/adapters/runs/run_list.ts";
import { inFolder } from "../cli/cli.ts";
import { createRunFixture } from "../fixtures/run_fixture.ts";

/** A stored run of a seed, finished as number `sequence` of its folder, started when its machine said. */
async function store(directory: string, seed: number, sequence: number, startedAt: string): Promise<void> {
  const record = createRunFixture({ iterations: 1, seed });
  await writeRun(directory, record, { ...record.provenance, startedAt, sequence });
}

const ids = async (folder: string) => (await listRuns(folder)).runs.map(({ id }) => id);

/** Calls `use` with a folder of three runs, "old", "middle" and "new", and what does not belong among them. */
function inRuns(use: (folder: string) => Promise<void>): Promise<void> {
  return inFolder(async (folder) => {
    await store(join(folder, "old"), 1, 1, "2025-01-01T00:00:00Z");
    await store(join(folder, "middle"), 2, 2, "2025-02-01T00:00:00.000Z");
    await store(join(folder, "new"), 3, 3, "2025-03-01T00:00:00Z");
    await Deno.mkdir(join(folder, ".unfinished", "begun", "checkpoints"), { recursive: true });
    await Deno.mkdir(join(folder, "notes"));
    await Deno.writeTextFile(join(folder, "notes.txt"), "not a run");
    await use(folder);
  });
}

Deno.test("listRuns() lists finished runs, the last finished first, and loadRun() reads it", () =>
  inRuns(async (folder) => {
    assert.deepEqual(await ids(folder), ["new", "middle", "old"]);
    assert.deepEqual((await listRuns(folder)).broken, []);
    assert.equal((await loadRun(folder)).result.seed, 3);
    assert.equal((await loadRun(join(folder, "old"))).result.seed, 1);
    assert.deepEqual(await listRuns(join(folder, "nowhere")), { runs: [], broken: [] });
    await assert.rejects(loadRun(join(folder, "notes")), /must hold a finished one/);
  }));

Deno.test("findings J.5: a run that a wrong clock started in the future is the newest until the next one is finished", () =>
  inRuns(async (folder) => {
    await store(join(folder, "future"), 4, await nextSequence(folder), "2099-01-01T00:00:00Z");
    assert.deepEqual(await ids(folder), ["future", "new", "middle", "old"]);
    await store(join(folder, "after"), 5, await nextSequence(folder), "2025-04-01T00:00:00Z");
    assert.deepEqual(await ids(folder), ["after", "future", "new", "middle", "old"]);
    assert.equal((await loadRun(folder)).result.seed, 5);
  }));

Deno.test("runs without a number are in the order in which they started", () =>
  inFolder(async (folder) => {
    await store(join(folder, "a"), 1, 0, "2025-03-01T00:00:00Z");
    await store(join(folder, "b"), 2, 0, "2025-01-01T00:00:00Z");
    await store(join(folder, "c"), 3, 1, "2024-01-01T00:00:00Z");
    assert.deepEqual(await ids(folder), ["c", "a", "b"]);
  }));

/** How a run's folder breaks, and what is said of it. */
const BREAKS: readonly (readonly [string, (directory: string) => void, RegExp])[] = [
  [
    "a missing provenance",
    (run) => Deno.removeSync(join(run, RUN_FILES.provenance)),
    /provenance\.json must be there/,
  ],
  [
    "an empty provenance",
    (run) => Deno.writeTextFileSync(join(run, RUN_FILES.provenance), ""),
    /provenance\.json.*JSON/,
  ],
  ["a cut provenance", (run) => cut(join(run, RUN_FILES.provenance)), /provenance\.json.*JSON/],
  [
    "a missing result",
    (run) => Deno.removeSync(join(run, RUN_FILES.result)),
    /no result\.json.*restored in part/,
  ],
  ["an empty result", (run) => Deno.writeTextFileSync(join(run, RUN_FILES.result), ""), /result\.json.*JSON/],
  ["a cut result", (run) => cut(join(run, RUN_FILES.result)), /result\.json.*JSON/],
  [
    "a result of another kind",
    (run) => Deno.writeTextFileSync(join(run, RUN_FILES.result), "{}"),
    /result\.json.*schema/,
  ],
  [
    "an edited result (issue 9.4)",
    (run) => {
      const path = join(run, RUN_FILES.result), text = Deno.readTextFileSync(path);
      Deno.writeTextFileSync(path, text.replace(/"sharpe":-?[\d.e-]+/, '"sharpe":9.9'));
    },
    /Cannot trust \S+result\.json .*it was changed since/,
  ],
  ["a folder in the result's place", (run) => {
    Deno.removeSync(join(run, RUN_FILES.result));
    Deno.mkdirSync(join(run, RUN_FILES.result));
  }, /result\.json.*it is a folder/],
  ["a link to nothing in its place", (run) => {
    Deno.removeSync(run, { recursive: true });
    Deno.symlinkSync("nowhere", run);
  }, /it must exist/],
  ["a link in a circle in its place", (run) => {
    Deno.removeSync(run, { recursive: true });
    Deno.symlinkSync(run, run);
  }, /in a circle/],
];

function cut(path: string): void {
  Deno.truncateSync(path, 40);
}

for (const [what, breakRun, says] of BREAKS) {
  Deno.test(`findings J.5: a run with ${what} is left out and named, and hides no other`, () =>
    inRuns(async (folder) => {
      breakRun(join(folder, "new"));
      const { runs, broken } = await listRuns(folder);
      assert.deepEqual(runs.map(({ id }) => id), ["middle", "old"]);
      assert.deepEqual(broken.map(({ path }) => path), [join(folder, "new")]);
      assert.match(broken[0]!.why, says);
      assert.equal((await loadRun(folder)).result.seed, 2);
    }));
}

Deno.test("findings J.5: linked folders are runs like others", () =>
  inRuns(async (folder) => {
    await inFolder(async (elsewhere) => {
      await store(join(elsewhere, "linked"), 9, 9, "2025-01-01T00:00:00Z");
      await Deno.symlink(join(elsewhere, "linked"), join(folder, "linked"));
      assert.deepEqual(await ids(folder), ["linked", "new", "middle", "old"]);
      assert.equal((await loadRun(folder)).result.seed, 9);
    });
  }));

Deno.test("findings J.5: where no run can be read the error names all that were tried", () =>
  inFolder(async (folder) => {
    for (const name of ["a", "b"]) {
      await store(join(folder, name), 1, 1, "2025-01-01T00:00:00Z");
      cut(join(folder, name, RUN_FILES.provenance));
    }
    await assert.rejects(loadRun(folder), (error: Error) => {
      assert.match(error.message, /must hold a finished one/);
      for (const name of ["a", "b"]) assert.ok(error.message.includes(join(folder, name)));
      return true;
    });
  }));

Deno.test("a complete run that a kill kept from its place is named", () =>
  inFolder(async (folder) => {
    await store(join(folder, ".unfinished", "x"), 1, 1, "2025-01-01T00:00:00Z");
    const { runs, broken } = await listRuns(folder);
    assert.deepEqual(runs, []);
    assert.match(broken[0]!.why, /complete and not in its place yet.*--resume/);
  }));
