import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { type CellStore, openCellStore } from "popagent/adapters/ledger/cell_store.ts";
import { ledgerRefusal, openLedger } from "popagent/adapters/ledger/ledger_file.ts";
import { openCells } from "popagent/adapters/ledger/open_cells.ts";
import { frameOf, gridFrame } from "popagent/adapters/ledger/grid_frame.ts";
import { gridHash, gridNamed, placedCells } from "popagent/adapters/ledger/grid_table.ts";
import { mergeStore } from "popagent/adapters/ledger/merge.ts";
import { sessionsOf } from "popagent/adapters/ledger/session_table.ts";
import { countTrials } from "popagent/adapters/ledger/trial_table.ts";
import type { PlannedCell } from "popagent/experiments/grid/plan_cell.ts";
import { cellFiles } from "popagent/adapters/ledger/cell_files.ts";
import type { CellFiles } from "popagent/experiments/ports/cells.ts";
import { createRunFixture } from "../fixtures/run_fixture.ts";
import { inFolder, tree } from "../cli/cli.ts";
import { populationConfig } from "../run_config.ts";

const run = createRunFixture({ iterations: 3 });
const IDENTITY = { name: "g", question: "?", file: "g.yaml", code: "c" };
const COST = { cpuSeconds: 2, wallSeconds: 3 };

const cell = (label: string, change: Partial<PlannedCell> = {}): PlannedCell => ({
  label,
  key: `key of ${label}`,
  arm: label,
  market: "m",
  marketSeed: 1,
  seed: 1,
  jobs: ["population"],
  config: populationConfig(),
  keep: ["series", "events"],
  rowsHash: "rows",
  trial: `trial of ${label}`,
  iterations: 3,
  shape: JSON.stringify({ jobs: ["population"] }),
  guess: 1,
  opening: null,
  workingSet: 2 ** 20,
  ...change,
});
const CELLS = ["a", "b", "c"].map((label) => cell(label));
const [A, B, C] = CELLS as [PlannedCell, PlannedCell, PlannedCell];

/** What a cell leaves: the fixture's run under another seed for each. */
const filesOf = (seed: number): Promise<CellFiles> =>
  cellFiles({ result: { ...run.result, seed }, series: run.series, events: run.events });

async function withStore<Value>(folder: string, use: (store: CellStore) => Promise<Value>): Promise<Value> {
  const store = await openCellStore(folder);
  try {
    return await use(store);
  } finally {
    await store.close();
  }
}

const states = (store: CellStore) =>
  placedCells(store.db, gridNamed(store.db, "g").id).map(({ state }) => state);

/** Runs all cells that are not done. */
async function finishAll(store: CellStore): Promise<string> {
  const cells = openCells(store, IDENTITY, CELLS, 1);
  const waiting = new Set(cells.cells().filter(({ state }) => state !== "done").map(({ key }) => key));
  for (const [i, one] of CELLS.entries()) {
    if (!waiting.has(one.key)) continue;
    cells.start(one);
    await cells.finish(one, await filesOf(i), COST);
  }
  cells.end("complete");
  return gridHash(cells.cells())!;
}

Deno.test("a cell waits, runs and is done; what it left is found by its hash, and the trial is counted before", () =>
  inFolder((folder) =>
    withStore(folder, async (store) => {
      const cells = openCells(store, IDENTITY, CELLS, 2);
      assert.deepEqual(states(store), ["waiting", "waiting", "waiting"]);
      cells.start(B);
      assert.deepEqual(states(store), ["waiting", "running", "waiting"]);
      assert.equal(countTrials(store.db), 1);
      await cells.finish(B, await filesOf(1), COST);
      const [, b] = cells.cells();
      assert.deepEqual([b!.state, b!.cpuSeconds, b!.starts, b!.finishes], ["done", 2, 1, 1]);
      const text = new TextDecoder().decode(store.results.read(b!.result!, "json"));
      assert.equal(JSON.parse(text).seed, 1);
      assert.equal(gridHash(cells.cells()), null, "not all are done");
    })
  ));

Deno.test("what was under way when its process was killed waits again, and its start is said to have been killed", () =>
  inFolder(async (folder) => {
    const first = await openCellStore(folder);
    const cells = openCells(first, IDENTITY, CELLS, 2);
    cells.start(A);
    cells.start(B);
    await cells.finish(A, await filesOf(0), COST);
    await first.close(); // without saying that it ends
    await withStore(folder, async (store) => {
      assert.deepEqual(states(store), ["done", "waiting", "waiting"]);
      const ends = store.db.prepare("SELECT cell, number, ended FROM attempts ORDER BY cell").all();
      assert.deepEqual(ends.map((row) => ({ ...row })), [
        { cell: A.key, number: 1, ended: "done" },
        { cell: B.key, number: 1, ended: "killed" },
      ]);
      await finishAll(store);
      const all = placedCells(store.db, 1);
      assert.deepEqual(all.map(({ starts, finishes }) => [starts, finishes]), [[1, 1], [2, 1], [1, 1]]);
      assert.deepEqual(sessionsOf(store.db, 1).map(({ ended }) => ended), ["killed", "complete"]);
    });
  }));

Deno.test("a grid that is stopped leaves nothing running; failed cells are tried again, and say why until then", () =>
  inFolder((folder) =>
    withStore(folder, (store) => {
      const cells = openCells(store, IDENTITY, CELLS, 2);
      cells.start(A);
      cells.start(B);
      cells.fail(B, { message: "no", stack: "RangeError: no\n at x" }, 1);
      assert.equal(cells.cells()[1]!.error, "RangeError: no\n at x");
      cells.end("stopped");
      assert.deepEqual(states(store), ["waiting", "failed", "waiting"]);
      openCells(store, IDENTITY, CELLS, 2);
      assert.deepEqual(states(store), ["waiting", "waiting", "waiting"]);
      return Promise.resolve();
    })
  ));

Deno.test("a result that is gone or changed by one byte is computed again, to the same hash", () =>
  inFolder((folder) =>
    withStore(folder, async (store) => {
      const hash = await finishAll(store);
      const [a, b] = placedCells(store.db, 1);
      const changed = store.results.path(a!.result!, "json");
      Deno.writeTextFileSync(changed, Deno.readTextFileSync(changed).replace('"seed":0', '"seed":9'));
      await assert.rejects(frameOf([a!], store.results), /must have the hash it is named by: its bytes have/);
      openCells(store, IDENTITY, CELLS, 1).end("stopped");
      assert.deepEqual(states(store), ["waiting", "done", "done"]);
      Deno.removeSync(store.results.path(b!.result!, "json"));
      assert.equal(await finishAll(store), hash);
      assert.deepEqual(states(store), ["done", "done", "done"]);
      Deno.removeSync(store.results.path(b!.series!, "parquet"));
      openCells(store, IDENTITY, CELLS, 1).end("stopped");
      assert.deepEqual(states(store), ["waiting", "waiting", "waiting"], "all three share one series");
    })
  ));

Deno.test("one process at a time runs cells in a store, and is named", () =>
  inFolder((folder) =>
    withStore(folder, async () => {
      await assert.rejects(openCellStore(folder), {
        name: "UserError",
        message: new RegExp(`one process at a time may: process ${Deno.pid} on .* is at it`),
      });
    })
  ));

Deno.test("long cells keep checkpoints until they are done, short ones keep none", () =>
  inFolder((folder) =>
    withStore(folder, async (store) => {
      const long = cell("long", { iterations: 100 });
      const cells = openCells(store, IDENTITY, [long], 1);
      assert.equal(cells.checkpoints(A), null);
      const place = cells.checkpoints(long)!;
      Deno.mkdirSync(place, { recursive: true });
      cells.start(long);
      await cells.finish(long, await filesOf(1), COST);
      assert.throws(() => Deno.statSync(place), Deno.errors.NotFound);
    })
  ));

Deno.test("three shards merged, in any order and twice, are the grid that one store ran", () =>
  inFolder(async (folder) => {
    const whole = await withStore(join(folder, "whole"), finishAll);
    for (const [i, one] of CELLS.entries()) {
      await withStore(join(folder, `${i}`), async (store) => {
        const cells = openCells(store, IDENTITY, CELLS, 1);
        cells.start(one);
        await cells.finish(one, await filesOf(i), COST);
        cells.end("complete");
      });
    }
    await withStore(join(folder, "merged"), (store) => {
      const merged = [2, 0, 1, 0].map((i) => mergeStore(store, join(folder, `${i}`)));
      assert.deepEqual(merged.map(({ cells, trials }) => [cells, trials]), [[1, 1], [1, 1], [1, 1], [0, 0]]);
      assert.equal(gridHash(placedCells(store.db, 1)), whole);
      return Promise.resolve();
    });
    const [a, b] = [await gridFrame("g", { store: join(folder, "merged") })]
      .concat(await gridFrame("g", { store: join(folder, "whole") }));
    assert.equal(a!.toString(), b!.toString());
  }));

Deno.test("a shard with another result for a cell, or a damaged one, is refused and nothing is taken over", () =>
  inFolder(async (folder) => {
    await withStore(join(folder, "other"), async (store) => {
      const cells = openCells(store, IDENTITY, CELLS, 1);
      cells.start(A);
      await cells.finish(A, await filesOf(77), COST);
    });
    await withStore(join(folder, "here"), async (store) => {
      await finishAll(store);
      assert.throws(
        () => mergeStore(store, join(folder, "other")),
        /a cell must have one result: that of key of a/,
      );
      assert.throws(() => mergeStore(store, join(folder, "nothing")), /must hold a ledger\.sqlite/);
    });
    const [json] = (await tree(join(folder, "other", "results"))).filter((path) => path.endsWith(".json"));
    Deno.writeTextFileSync(join(folder, "other", "results", json!), "{}");
    await withStore(join(folder, "empty"), (store) => {
      assert.throws(() => mergeStore(store, join(folder, "other")), /must have the hash it is named by/);
      assert.equal(store.db.prepare("SELECT count(*) AS n FROM cells").get()!.n, 0);
      return Promise.resolve();
    });
  }));

Deno.test("gridFrame() has a row for each strategy of each cell, and refuses an incomplete grid by its cells", () =>
  inFolder(async (folder) => {
    await withStore(folder, async (store) => {
      openCells(store, IDENTITY, CELLS, 1).start(C);
      await assert.rejects(
        gridFrame("g", { store: folder }),
        /3 are not, a \(waiting\), b \(waiting\), c \(running\)/,
      );
      await assert.rejects(gridFrame("h", { store: folder }), /Cannot find the grid h .* the ledger holds g/);
      await finishAll(store);
    });
    const frame = await gridFrame("g", { store: folder });
    assert.equal(frame.height, 3 * run.result.strategies.length);
    assert.deepEqual(frame.columns.slice(0, 8), [
      ...["arm", "market", "marketSeed", "seed", "strategy", "kind", "accounts", "populationMean"],
    ]);
    assert.ok(frame.columns.includes("blocked.drawdown"));
    const [first] = run.result.strategies;
    const row = frame.toRecords()[0]!;
    assert.deepEqual([row.arm, row.strategy, row.sharpe], ["a", first!.name, first!.metrics.sharpe]);
    assert.equal(frame.getColumn("cell").get(0), A.key);
  }));

const FULL_DISK =
  /Cannot write to the ledger .*ledger\.sqlite as there must be room: the disk is full\. Make room/;

Deno.test("B5: a disk that is full is said with the ledger's path, in a transaction and outside of one", () =>
  inFolder(async (folder) => {
    await withStore(folder, (store) => {
      store.db.exec("PRAGMA max_page_count = 1"); // as many as it has: not one more
      const long = { ...IDENTITY, question: "?".repeat(1e6) };
      assert.throws(() => openCells(store, long, CELLS, 1), { name: "UserError", message: FULL_DISK });
      return Promise.resolve();
    });
    const sqlite = Object.assign(new Error("attempt to write a readonly database"), {
      code: "ERR_SQLITE_ERROR",
    });
    assert.match(ledgerRefusal(sqlite)!.message, /Cannot go on with the ledger as it must be writable/);
    assert.equal(
      ledgerRefusal(Object.assign(new Error("no such table: x"), { code: "ERR_SQLITE_ERROR" })),
      null,
    );
  }));

Deno.test("B5: a disk that is full while a store is made leaves no ledger, no lock and no folder", () =>
  inFolder(async (folder) => {
    const { exec } = DatabaseSync.prototype;
    DatabaseSync.prototype.exec = function (this: DatabaseSync, sql: string) {
      if (sql.includes("CREATE TABLE")) throw new Error("database or disk is full");
      return exec.call(this, sql);
    };
    try {
      await assert.rejects(openCellStore(join(folder, "a", "b")), { name: "UserError", message: FULL_DISK });
    } finally {
      DatabaseSync.prototype.exec = exec;
    }
    assert.deepEqual(await tree(folder), []);
    openLedger(join(folder, "ledger.sqlite"), "process").close(); // a ledger that was there stays
    await withStore(folder, () => Promise.resolve());
    assert.deepEqual(await tree(folder), ["ledger.sqlite"]);
  }));

Deno.test("C14: a merge that is refused makes no store; a store is not merged into itself", () =>
  inFolder(async (folder) => {
    const into = join(folder, "into");
    await withStore(into, (store) => {
      assert.throws(() => mergeStore(store, join(folder, "wrong")), /it must hold a ledger\.sqlite/);
      assert.throws(() => mergeStore(store, `${into}/../into`), /must be another store .*: it is the same/);
      return Promise.resolve();
    });
    assert.equal(existsSync(into), false);
  }));

Deno.test("C15: a damaged result is told with its cell and the command that computes it again", () =>
  inFolder(async (folder) => {
    const store = join(folder, "s");
    await withStore(store, async (opened) => {
      await finishAll(opened);
      const [, b] = placedCells(opened.db, 1);
      await Deno.writeTextFile(opened.results.path(b!.result!, "json"), "{}");
    });
    const again = new RegExp(
      `the cell b: .*\\n  again: deno task experiment run g.yaml --only b --store ${store}$`,
    );
    await assert.rejects(gridFrame("g", { store }), { name: "UserError", message: again });
    await withStore(join(folder, "into"), (into) => {
      assert.throws(() => mergeStore(into, store), { name: "UserError", message: again });
      return Promise.resolve();
    });
  }));

Deno.test("C17: gridFrame() refuses options that it does not know", () =>
  assert.rejects(
    gridFrame("g", { sotre: "x" } as object),
    /options may hold store: it holds "?sotre"?\. Did you mean store\?/,
  ));
