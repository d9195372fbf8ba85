import assert from "node:assert/strict";
import { cellFiles } from "popagent/adapters/ledger/cell_files.ts";
import { readParquetSeries } from "popagent/adapters/runs/parquet_series.ts";
import { strictJson } from "popagent/core/strict_json.ts";
import type { RunResult } from "popagent/experiments/result.ts";
import { createCellPool } from "popagent/adapters/workers/cell_pool.ts";
import { cellsOf } from "popagent/experiments/grid/grid.ts";
import { planCell, requestOf } from "popagent/experiments/grid/plan_cell.ts";
import { marketOf } from "popagent/experiments/market.ts";
import { runPopulation } from "popagent/experiments/population_run.ts";
import { planRun } from "popagent/experiments/run_plan.ts";
import { createJobPool } from "popagent/adapters/workers/job_pool.ts";
import { populationConfig } from "../run_config.ts";

const config = populationConfig({
  data: { source: "synthetic" },
  market: { rows: 1000, mode: "planted", ic: 0.1 },
  population: { size: 3, transferEvery: 1, committeeShare: 9 / 81 },
  iterations: 2,
});
const noTransfer = { ...config, population: { ...config.population, transfer: "none" as const } };
const cells = cellsOf({
  name: "g",
  question: "?",
  markets: [{
    name: "planted",
    marketSeeds: [1],
    seeds: [1],
    arms: [{ name: "full", config }, { name: "none", config: noTransfer }],
  }],
  beside: ["singleAgent", "randomSwitching"],
  keep: ["series", "events"],
}).map((cell) => planCell(cell, marketOf(cell.config).panel, "code"));
/** Series as a cell's file holds them. */
async function seriesIn(bytes: Uint8Array) {
  const path = await Deno.makeTempFile({ suffix: ".parquet" });
  await Deno.writeFile(path, bytes);
  return await readParquetSeries(path).finally(() => Deno.remove(path));
}

const MEMO = 64 * 2 ** 20;

Deno.test("a cell gives what the command population gives on its market and seed; a worn worker gives what a fresh one does", async () => {
  const pool = createCellPool({ workers: 1, memoBytes: MEMO });
  const jobs = createJobPool({ workers: 1, memoBytes: MEMO });
  try {
    const requests = cells.map((cell) => requestOf(cell, null));
    const answers = [];
    for (const request of requests) answers.push(await pool.run(request, () => {}));
    const full = answers[cells.findIndex(({ arm }) => arm === "full")]!;
    const plan = planRun({ ...config, references: false }, marketOf(config).panel);
    const alone = await runPopulation(
      { plan, checkpoints: null, shared: new Map(), onProgress: () => {} },
      jobs,
    );
    const names: readonly string[] = alone.result.strategies.map(({ name }) => name);
    const result = JSON.parse(full.files.result) as RunResult;
    const same = result.strategies.filter(({ name }) => names.includes(name));
    assert.deepEqual(same, JSON.parse(strictJson(alone.result.strategies)));
    const left = await cellFiles(alone);
    assert.equal(full.files.events, left.events);
    assert.deepEqual((await seriesIn(full.files.series!)).equity.champion, alone.series.equity.champion);
    assert.ok(result.strategies.some(({ name }) => name === "randomSwitching"));
    assert.ok(full.cost.cpuSeconds > 0 && full.cost.cpuSeconds <= full.cost.wallSeconds + 0.1);

    const again = await pool.run(requests[0]!, () => {}); // its desk knows two other arms by now
    assert.deepEqual(again.files, answers[0]!.files);
    const bare = await pool.run({ ...requests[1]!, keep: [] }, () => {});
    assert.deepEqual([bare.files.series, bare.files.events], [null, null]);
  } finally {
    pool.close();
    jobs.close();
  }
});

Deno.test("the error of a cell arrives with its name, message and stack; the pool goes on", async () => {
  const pool = createCellPool({ workers: 1, memoBytes: MEMO });
  try {
    const request = requestOf(cells[0]!, null);
    await assert.rejects(pool.run({ ...request, rowsHash: "0".repeat(64) }, () => {}), (error: Error) => {
      assert.equal(error.name, "RangeError");
      assert.match(
        error.message,
        /must have the hash 0{64}: those that its configuration names have [0-9a-f]{64}/,
      );
      assert.match(error.stack!, /cell_worker/);
      return true;
    });
    const told: string[] = [];
    await pool.run(request, (done, total) => told.push(`${done}/${total}`));
    assert.ok(told.includes("4/4"), told.join());
  } finally {
    pool.close();
  }
});

Deno.test("a cell that is given up ends at once, and the pool goes on with another worker", async () => {
  const pool = createCellPool({ workers: 1, memoBytes: MEMO });
  try {
    const long = requestOf(cells[0]!, null), stop = new AbortController();
    const given = pool.run(long, () => stop.abort(new Error("nobody waits for it")), stop.signal);
    const next = pool.run({ ...long, keep: [] }, () => {});
    await assert.rejects(given, /nobody waits for it/);
    assert.ok((await next).files.result.length > 0);
    await assert.rejects(pool.run(long, () => {}, AbortSignal.abort(new Error("before"))), /before/);
  } finally {
    pool.close();
  }
});
