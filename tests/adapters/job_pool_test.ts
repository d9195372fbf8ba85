import assert from "node:assert/strict";
import { createJobPool, type JobPool } from "popagent/adapters/workers/job_pool.ts";
import { sharePanel } from "popagent/adapters/workers/shared_panel.ts";
import type { PopulationRunConfig } from "popagent/experiments/config.ts";
import { iterationsOf } from "popagent/experiments/jobs/job.ts";
import type { JobResult } from "popagent/experiments/jobs/job_result.ts";
import type { JobName } from "popagent/experiments/jobs/registry.ts";
import { marketOf } from "popagent/experiments/market.ts";
import { afterPopulation } from "popagent/experiments/population_run.ts";
import type { JobRequest } from "popagent/experiments/ports/jobs.ts";
import { planRun } from "popagent/experiments/run_plan.ts";
import { COLUMN_NAMES } from "popagent/market/panel.ts";
import { panel, smallConfig } from "../population/small_run.ts";
import { realBarsFolder } from "../real_bars.ts";

const config: PopulationRunConfig = { ...smallConfig({ transferEvery: 1 }), iterations: 2 };
const rows = planRun(config, panel).panel;
const NAMES: readonly JobName[] = ["population", "selectionOnly", "singleAgent"];

const request = (job: JobName, change: Partial<JobRequest> = {}): JobRequest => ({
  job,
  config,
  rowsHash: rows.hash,
  checkpoints: null,
  iterations: [],
  proposals: {},
  ...change,
});

async function withPool<Value>(size: number, body: (pool: JobPool) => Promise<Value>): Promise<Value> {
  const pool = createJobPool({ workers: size, memoBytes: 64 * 2 ** 20 });
  try {
    pool.offer(rows);
    return await body(pool);
  } finally {
    pool.close();
  }
}

/** Jobs on so many workers, the placebo after the population it follows. */
function everything(size: number): Promise<JobResult[]> {
  return withPool(size, async (pool) => {
    const jobs = await Promise.all(NAMES.map((job) => pool.run(request(job), () => {})));
    return [...jobs, await pool.run(request("randomSwitching", afterPopulation(jobs[0]!)), () => {})];
  });
}

Deno.test("one worker and three give the same results, bit for bit", async () => {
  const one = await everything(1);
  assert.equal(iterationsOf(one[0]!).length, 2);
  assert.ok(iterationsOf(one[0]!)[1]!.transfers.length > 0);
  assert.deepEqual(await everything(3), one);
});

Deno.test("an error in a worker arrives with its name, message and stack; the pool goes on and tells of progress", () =>
  withPool(1, async (pool) => {
    const bad = pool.run(request("population", { config: { ...config, iterations: 99 } }), () => {});
    await assert.rejects(bad, (error) => {
      assert.ok(error instanceof RangeError);
      assert.match(error.message, /iterations must be at most 2 on \d+ rows: current value is 99/);
      assert.match(error.stack!, /runWindow/);
      return true;
    });
    const told: string[] = [];
    const good = await pool.run(request("population"), (done, total) => told.push(`${done}/${total}`));
    assert.equal(good.events.length, 2);
    assert.deepEqual(told, ["0/2", "1/2", "2/2"]);
  }));

Deno.test("a worker that had another market or other costs before gives what a fresh one gives", () =>
  withPool(1, async (worn) => {
    const dear = { ...config, costs: { ...config.costs, takerFee: .002 } };
    await worn.run(request("singleAgent"), () => {});
    const after = await worn.run(request("singleAgent", { config: dear }), () => {});
    const fresh = await withPool(1, (pool) => pool.run(request("singleAgent", { config: dear }), () => {}));
    assert.deepEqual(after, fresh);
    assert.notDeepEqual(after, await worn.run(request("singleAgent"), () => {}));
  }));

Deno.test("a worker loads the rows that a configuration names, gives what it gives on offered ones, and refuses others", async () => {
  const market = { mode: "planted", ic: 0.1, seed: 1, rows: 1000 } as const;
  const named = { ...config, data: { ...config.data, source: "synthetic" as const }, market };
  const { hash: rowsHash } = planRun(named, marketOf(named).panel).panel;
  const asked = request("singleAgent", { config: named, rowsHash });
  const [loaded, offered] = await withPool(1, async (pool) => {
    const loaded = await pool.run(asked, () => {});
    pool.offer(planRun(named, marketOf(named).panel).panel);
    const offered = await pool.run(asked, () => {});
    await assert.rejects(
      pool.run(request("population", { config: named, rowsHash: "0".repeat(64) }), () => {}),
      /population as its rows must have the hash 0{64}: those that its configuration names have [0-9a-f]{64}/,
    );
    return [loaded, offered];
  });
  assert.deepEqual(loaded, offered);
});

const folder = realBarsFolder();
Deno.test({
  name: "a worker loads real bars, the sealed months left out",
  ignore: folder === null,
  fn: () =>
    withPool(1, async (pool) => {
      const { loadBybitPanel } = await import("popagent/adapters/bars/holdout.ts");
      const real = { ...config, data: { source: "bybit" as const, folder: folder! } };
      const plan = planRun(real, loadBybitPanel(folder!).panel);
      const asked = request("singleAgent", { config: real, rowsHash: plan.panel.hash });
      assert.equal((await pool.run(asked, () => {})).strategies.length, 2);
    }),
});

Deno.test("rows that were taken back are loaded again, not remembered", () =>
  withPool(1, async (pool) => {
    const other = planRun({ ...config, iterations: 1 }, panel).panel;
    const asked = request("singleAgent", { config: { ...config, iterations: 1 }, rowsHash: other.hash });
    const [first, second] = [pool.offer(other), pool.offer(other)];
    first();
    await pool.run(asked, () => {}); // the second offer stands
    second();
    await assert.rejects(pool.run(asked, () => {}), /must have the hash/);
  }));

Deno.test("whoever is told of progress or of early results may throw: that ends the job with their error", () =>
  withPool(2, async (pool) => {
    const refuse = () => {
      throw new RangeError("heard enough");
    };
    await assert.rejects(pool.run(request("selectionOnly"), refuse), /heard enough/);
    await assert.rejects(pool.run(request("references"), () => {}, refuse), /heard enough/);
  }));

Deno.test("a pool of no workers is refused", () => {
  const poolOf = (workers: number) => createJobPool({ workers, memoBytes: 2 ** 20 });
  assert.throws(() => poolOf(0), /integer >= 1: current value is 0/);
  assert.throws(() => poolOf(1.5), /integer >= 1: current value is 1\.5/);
});

Deno.test("a shared panel holds the same bits in one piece of memory", () => {
  const shared = sharePanel(panel);
  const { buffer } = shared.openTime;
  assert.ok(buffer instanceof SharedArrayBuffer);
  assert.deepEqual([...shared.openTime], [...panel.openTime]);
  assert.equal(shared.hash, panel.hash);
  panel.coins.forEach((bars, coin) => {
    for (const name of COLUMN_NAMES) {
      assert.equal(shared.coins[coin]![name].buffer, buffer);
      assert.deepEqual([...shared.coins[coin]![name]], [...bars[name]]);
    }
  });
});
