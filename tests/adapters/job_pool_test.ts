import assert from "node:assert/strict";
import { createJobPool, type JobPool } from "popagent/adapters/job_pool.ts";
import type { JobRequest } from "popagent/adapters/job_worker.ts";
import { sharePanel } from "popagent/adapters/shared_panel.ts";
import type { RunConfig } from "popagent/experiments/config.ts";
import type { JobName, JobResult } from "popagent/experiments/jobs.ts";
import { COLUMN_NAMES } from "popagent/market/panel.ts";
import { panel, smallConfig } from "../population/small_run.ts";

const config: RunConfig = { ...smallConfig({ transferEvery: 1 }), iterations: 2 };
const shared = sharePanel(panel);
const JOB_NAMES: readonly JobName[] = ["population", "selectionOnly", "singleAgent"];

const request = (job: JobRequest["job"], change: Partial<JobRequest> = {}): JobRequest => ({
  job,
  config,
  panel: shared,
  memoBytes: 64 * 2 ** 20,
  checkpoints: null,
  events: [],
  ...change,
});

async function withPool<Value>(size: number, body: (pool: JobPool) => Promise<Value>): Promise<Value> {
  const pool = createJobPool(size);
  try {
    return await body(pool);
  } finally {
    pool.close();
  }
}

/** All jobs, the placebo with the population's events, on so many workers. */
function everything(size: number): Promise<JobResult[]> {
  return withPool(size, async (pool) => {
    const jobs = await Promise.all(JOB_NAMES.map((job) => pool.run(request(job), () => {})));
    const placebo = await pool.run(request("placebo", { events: jobs[0]!.events }), () => {});
    return [...jobs, placebo];
  });
}

Deno.test("one, two and three workers give the same results, bit for bit", async () => {
  const one = await everything(1);
  assert.equal(one[0]!.events.length, 2);
  assert.ok(one[0]!.events[1]!.transfers.length > 0);
  for (const size of [2, 3]) assert.deepEqual(await everything(size), one, `${size} workers`);
});

Deno.test("an error in a worker arrives with its name, message and stack; the pool goes on", () =>
  withPool(1, async (pool) => {
    const bad = pool.run(request("population", { config: { ...config, iterations: 99 } }), () => {});
    await assert.rejects(bad, (error) => {
      assert.ok(error instanceof RangeError);
      assert.match(error.message, /iterations must be at most 7 on 640 rows: current value is 99/);
      assert.match(error.stack!, /runWindow/);
      return true;
    });
    const good = await pool.run(request("population"), () => {});
    assert.equal(good.events.length, 2);
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

Deno.test("progress is told as it is made", () =>
  withPool(1, async (pool) => {
    const told: string[] = [];
    await pool.run(request("population"), (done, total) => told.push(`${done}/${total}`));
    assert.deepEqual(told, ["0/2", "1/2", "2/2"]);
  }));

Deno.test("a pool of no workers is refused", () => {
  assert.throws(() => createJobPool(0), /integer >= 1: current value is 0/);
  assert.throws(() => createJobPool(1.5), /integer >= 1: current value is 1\.5/);
});

Deno.test("a shared panel holds the same bits in one piece of memory", () => {
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
