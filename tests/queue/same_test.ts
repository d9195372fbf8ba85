/** One experiment by the pool, by a queue with two workers and by three shards: one hash, ledgers that count the same. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { openCellStore } from "popagent/adapters/ledger/cell_store.ts";
import { cellCode } from "popagent/adapters/ledger/cell_code.ts";
import { gridHash, gridNamed, placedCells } from "popagent/adapters/ledger/grid_table.ts";
import { mergeStore } from "popagent/adapters/ledger/merge.ts";
import { openCells } from "popagent/adapters/ledger/open_cells.ts";
import { countTrials } from "popagent/adapters/ledger/trial_table.ts";
import { requireResultOf } from "popagent/adapters/queue/cell_result.ts";
import { openQueueCells } from "popagent/adapters/queue/queue_cells.ts";
import { queueAddress } from "popagent/adapters/queue/queue_address.ts";
import { serveCells } from "popagent/adapters/queue/serve_cells.ts";
import { sharedFolder } from "popagent/adapters/queue/shared_files.ts";
import { createCellPool } from "popagent/adapters/workers/cell_pool.ts";
import { cellsOf, shardOf } from "popagent/experiments/grid/grid.ts";
import { planCell, type PlannedCell, requestOf } from "popagent/experiments/grid/plan_cell.ts";
import { runGrid } from "popagent/experiments/grid/run_grid.ts";
import { marketOf } from "popagent/experiments/market.ts";
import type { Cells } from "popagent/experiments/ports/cells.ts";
import { startRedis } from "../../tools/queue_redis.ts";
import { inFolder } from "../cli/cli.ts";
import { populationConfig } from "../run_config.ts";

const config = populationConfig({
  data: { source: "synthetic" },
  market: { rows: 1000 },
  population: { size: 3, transferEvery: 1, committeeShare: 9 / 81 },
  iterations: 2,
});
const noTransfer = { ...config, population: { ...config.population, transfer: "none" as const } };
const code = await cellCode();
const planned = cellsOf({
  name: "same",
  question: "?",
  markets: [{
    name: "m",
    marketSeeds: [1],
    seeds: [1],
    arms: [{ name: "full", config }, { name: "none", config: noTransfer }],
  }],
  beside: ["singleAgent"],
  keep: ["series", "events"],
}).map((cell) => planCell(cell, marketOf(cell.config).panel, code));

/** Runs cells in a store of their own. @returns The grid's hash, once all of it is there, and how many trials were counted. */
async function inStore(
  folder: string,
  mine: readonly PlannedCell[],
  cells: Cells,
  parts: readonly string[] = [],
) {
  const store = await openCellStore(folder);
  try {
    const identity = { name: "same", question: "?", file: "same.yaml", code };
    const open = openCells(store, identity, planned, 1);
    const run = await runGrid(
      mine,
      cells,
      open,
      { onDone: () => {}, onFailed: () => {} },
      () => performance.now(),
    );
    assert.deepEqual(run.failed.map(({ failure }) => failure.message), []);
    open.end("complete");
    for (const part of parts) mergeStore(store, part);
    const placed = placedCells(store.db, gridNamed(store.db, "same").id);
    return { hash: gridHash(placed), trials: countTrials(store.db) };
  } finally {
    await store.close();
  }
}

Deno.test("by the pool, by a queue with two workers and by three shards merged: identical hashes, one ledger", () =>
  inFolder(async (folder) => {
    const at = (name: string) => join(folder, name);
    const pools = [1, 2].map(() => createCellPool({ workers: 1, memoBytes: 64 * 2 ** 20 }));
    const server = await startRedis(folder);
    try {
      const pool = await inStore(at("pool"), planned, pools[0]!);
      assert.ok(pool.hash);
      const parts = [0, 1, 2].map((index) => at(`shard${index}`));
      for (const [index, part] of parts.entries()) await inStore(part, shardOf(planned, index, 3), pools[1]!);
      assert.deepEqual(await inStore(at("merged"), [], pools[0]!, parts), pool);
      if (!server) {
        return console.log(
          "  runs without Redis: the queue was not tried. Install it: apt-get install redis-server",
        );
      }
      const address = queueAddress(server.queue, () => undefined), shared = sharedFolder(at("shared"));
      const terms = { address, shared, code, onNotice: () => {} };
      const workers = await Promise.all(
        pools.map((cells, i) => serveCells({ ...terms, cells, name: `worker${i}`, lockSeconds: 30 })),
      );
      const place = (key: string) => ({ label: key.slice(0, 8), again: "" });
      const queue = await openQueueCells({ ...terms, priority: 0, place, check: requireResultOf });
      const byQueue = await inStore(at("queue"), planned, queue);
      await queue.close();
      const [one, two] = planned.map((cell) => requestOf(cell, null));
      const { files: { result } } = await pools[0]!.run(one!, () => {});
      requireResultOf(one!, result);
      assert.throws(
        () => requireResultOf(two!, result),
        /must be that of its cell: it has another configHash/,
      );
      assert.throws(() => requireResultOf({ ...one!, rowsHash: code }, result), /another rowsHash/);
      assert.throws(() => requireResultOf(one!, '{"schema":3}'), /must fit its schema/);
      for (const worker of workers) worker.stop();
      await Promise.all(workers.map(({ ended }) => ended));
      assert.deepEqual(byQueue, pool);
    } finally {
      pools.forEach((pool) => pool.close());
      await server?.stop();
    }
  }));
