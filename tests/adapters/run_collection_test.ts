import assert from "node:assert/strict";
import { join } from "node:path";
import { prunableRuns, pruneRuns } from "popagent/adapters/runs/prune.ts";
import { collectRuns, findRun } from "popagent/adapters/runs/run_collection.ts";
import { RUN_FILES, writeRun } from "popagent/adapters/runs/run_files.ts";
import { lockRun } from "popagent/adapters/runs/run_lock.ts";
import { placesOf } from "popagent/adapters/runs/run_places.ts";
import { runsTable } from "popagent/figures/runs_table.ts";
import { inFolder } from "../cli/cli.ts";
import { createRunFixture } from "../fixtures/run_fixture.ts";

const IDS = ["population-s1-1111aaaaaa", "population-s2-2222bbbbbb", "multi-s1-1111cccccc"];

/** A folder of three finished runs, one unfinished, one damaged, and a folder that is none. */
function inRuns(use: (folder: string) => Promise<void>): Promise<void> {
  return inFolder(async (folder) => {
    for (const [i, id] of IDS.entries()) {
      const record = createRunFixture({ iterations: 1, seed: i + 1 });
      await writeRun(join(folder, id), record, { ...record.provenance, sequence: i + 1 });
    }
    await Deno.mkdir(join(folder, ".unfinished", "multi-s9-9999dddddd", "checkpoints"), { recursive: true });
    await Deno.mkdir(join(folder, "damaged"));
    await Deno.writeTextFile(join(folder, "damaged", RUN_FILES.events), "{}\n");
    await Deno.mkdir(join(folder, "notes"));
    await use(folder);
  });
}

const names = (folder: string) => [...Deno.readDirSync(folder)].map(({ name }) => name).sort();

Deno.test("collectRuns() brings runs with their results, the newest first, and runsTable() a row each", () =>
  inRuns(async (folder) => {
    const runs = await collectRuns(folder);
    assert.deepEqual(runs.map(({ id }) => id), IDS.toReversed());
    assert.deepEqual(runs.map(({ result }) => result.seed), [3, 2, 1]);
    const { columns, rows } = runsTable(runs);
    assert.deepEqual(
      rows.map(({ cells }) => cells[0]),
      IDS.toReversed(),
    );
    assert.ok(rows.every(({ cells }) => cells.length === columns.length));
  }));

Deno.test("findRun() takes an id, a beginning, the hash's beginning, latest and a path", () =>
  inRuns(async (folder) => {
    const found = async (name: string) => (await findRun(folder, name)).slice(folder.length + 1);
    assert.equal(await found(IDS[0]!), IDS[0]);
    assert.equal(await found("population-s1"), IDS[0]);
    assert.equal(await found("m"), IDS[2]);
    assert.equal(await found("2222"), IDS[1]);
    assert.equal(await found("latest"), IDS[2]);
    assert.equal(await findRun("nowhere", join(folder, IDS[0]!)), join(folder, IDS[0]!));
    assert.equal(
      await findRun("nowhere", folder),
      join(folder, IDS[2]!),
      "a folder of runs: the newest in it",
    );
  }));

Deno.test("findRun() says which runs a short name may mean, and which a wrong one", () =>
  inRuns(async (folder) => {
    await assert.rejects(
      findRun(folder, "population"),
      /one run alone may begin so: population-s2-2222bbbbbb, population-s1-1111aaaaaa do/,
    );
    await assert.rejects(findRun(folder, "1111"), /one run alone may begin so/);
    await assert.rejects(findRun(folder, "populaton-s2"), /did you mean population-s2-2222bbbbbb/);
    await Deno.mkdir(join(folder, "population-s9-9999cccccc"));
    await Deno.writeTextFile(join(folder, "population-s9-9999cccccc", "result.json"), "{");
    await assert.rejects(
      findRun(folder, "population-s9"),
      /Cannot read the run population-s9 as .*s9-9999cccccc must be whole/,
    );
    await assert.rejects(findRun(folder, "zzz"), /popagent runs list names its 3/);
    await assert.rejects(findRun(folder, ""), /Cannot find the run/);
    await assert.rejects(findRun(folder, "#1"), /Cannot find the run #1 .* runs have no numbers any more/);
    await assert.rejects(findRun(join(folder, "notes"), "x"), /it holds none that is finished/);
  }));

Deno.test("prune shows what is unfinished or damaged, takes it away, and all but the newest where asked", () =>
  inRuns(async (folder) => {
    const some = await prunableRuns(folder, null);
    assert.deepEqual(some.map(({ id, heldBy }) => [id, heldBy]), [["multi-s9-9999dddddd", null], [
      "damaged",
      null,
    ]]);
    assert.match(some[0]!.why, /unfinished/);
    assert.match(some[1]!.why, /damaged: it holds events.jsonl but no result.json/);
    assert.deepEqual(
      names(folder),
      [".unfinished", "damaged", "notes", ...IDS].sort(),
      "showing takes nothing",
    );
    assert.ok((await pruneRuns(folder, some)).every(({ stays }) => stays === null));
    assert.deepEqual(names(folder), ["notes", ...IDS].sort());
    const old = await prunableRuns(folder, 1);
    assert.deepEqual(old.map(({ id }) => id), [IDS[1], IDS[0]]);
    assert.ok(old.every(({ bytes }) => bytes > 1000));
    await pruneRuns(folder, old);
    assert.deepEqual(names(folder), [IDS[2], "notes"].sort());
    assert.deepEqual(await prunableRuns(folder, 1), []);
  }));

Deno.test("prune leaves a run that a process is at, and says which", () =>
  inRuns(async (folder) => {
    const lock = await lockRun(placesOf(folder, "multi-s9-9999dddddd"), "run");
    try {
      const runs = await prunableRuns(folder, 0);
      assert.match(runs[0]!.heldBy!, new RegExp(`process ${Deno.pid} on`));
      const pruned = await pruneRuns(folder, runs);
      assert.match(pruned[0]!.stays!, /one process at a time may work on a run/);
      assert.ok(pruned.slice(1).every(({ stays }) => stays === null));
      assert.deepEqual(names(folder), [".unfinished", "notes"]);
    } finally {
      await lock.release();
    }
  }));

Deno.test("issue 9.3: what a run is called stays when another is repeated", () =>
  inRuns(async (folder) => {
    const called = async () => runsTable(await collectRuns(folder)).rows.map(({ cells }) => cells[0]).sort();
    const before = await called();
    const record = createRunFixture({ iterations: 1, seed: 1 });
    await writeRun(join(folder, IDS[0]!), record, { ...record.provenance, sequence: 4 });
    assert.deepEqual(await called(), before);
    assert.equal(await findRun(folder, "1111a"), join(folder, IDS[0]!));
    assert.equal(await findRun(folder, "2222"), join(folder, IDS[1]!));
  }));

Deno.test("issue 9.4: an edited run is refused by name, and by its hash, and named where latest passes it over", () =>
  inRuns(async (folder) => {
    const path = join(folder, IDS[2]!, RUN_FILES.result), text = await Deno.readTextFile(path);
    await Deno.writeTextFile(path, text.replace(/"sharpe":-?[\d.e-]+/, '"sharpe":9.9'));
    for (const name of ["multi-s1", "1111c"]) {
      await assert.rejects(
        findRun(folder, name),
        /must be whole: Cannot trust \S+result\.json .*changed since/,
      );
    }
    const warn = console.warn, said: string[] = [];
    console.warn = (line: string) => said.push(line);
    try {
      assert.equal(await findRun(folder, "latest"), join(folder, IDS[1]!));
    } finally {
      console.warn = warn;
    }
    assert.match(said.join(), /left out[\s\S]*multi-s1-1111cccccc/);
  }));
