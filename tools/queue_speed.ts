/** How many cells a queue carries, beside a bare BullMQ loop with the same payload, and what they take. */
import { Queue, QueueEvents } from "bullmq";
import { cellJob } from "../src/adapters/queue/cell_job.ts";
import { openCellStore } from "../src/adapters/ledger/cell_store.ts";
import { openCells } from "../src/adapters/ledger/open_cells.ts";
import { queueAddress } from "../src/adapters/queue/queue_address.ts";
import { openQueueCells } from "../src/adapters/queue/queue_cells.ts";
import {
  IN_FLIGHT,
  KEPT_ENDED,
  KEPT_EVENTS,
  KEPT_SECONDS,
  PREFIX,
  QUEUE,
} from "../src/adapters/queue/queue_terms.ts";
import { connectionOf } from "../src/adapters/queue/redis_connection.ts";
import { sharedFolder } from "../src/adapters/queue/shared_files.ts";
import { planCell, requestOf } from "../src/experiments/grid/plan_cell.ts";
import { marketOf } from "../src/experiments/market.ts";
import { runGrid } from "../src/experiments/grid/run_grid.ts";
import {
  CODE,
  countingLedger,
  endWorker,
  loadNow,
  redisBytes,
  residentBytes,
  startStub,
  stubCells,
} from "./queue_bench.ts";
import { type RedisServer, startRedis } from "./queue_redis.ts";

/** Cells that a worker of tiny ones takes at a time. */
const AT_A_TIME = 8;

const place = (key: string) => ({
  label: `full/m.1/${key.slice(0, 4)}`,
  again: `deno task experiment run trial.yaml --only ${key.slice(0, 4)}`,
});

/** What is measured: a server, a folder, and workers of stand-ins, all ended with it whatever comes of it. */
interface SpeedBench {
  readonly server: RedisServer;
  readonly folder: string;
  readonly start: (...args: (string | number)[]) => Deno.ChildProcess;
}

async function withRedis<Value>(use: (bench: SpeedBench) => Promise<Value>): Promise<Value> {
  const folder = await Deno.makeTempDir({ prefix: "popagent-queue-" });
  const server = await startRedis(folder);
  if (!server) {
    throw new Error("Cannot try a queue as a Redis server must be installed: apt-get install redis-server");
  }
  const stubs: Deno.ChildProcess[] = [];
  const start: SpeedBench["start"] = (...args) => {
    const stub = startStub(...args);
    stubs.push(stub);
    return stub;
  };
  try {
    return await use({ server, folder, start });
  } finally {
    await Promise.all(stubs.map((stub) => endWorker(stub, "SIGTERM")));
    await server.stop();
    await Deno.remove(folder, { recursive: true });
  }
}

/** Waits until so many workers serve a queue: their start is not what is measured. */
async function untilServed(queue: Queue, workers: number): Promise<void> {
  while (await queue.getWorkersCount() < workers) await new Promise((go) => setTimeout(go, 50));
}

/** One sample while cells run. */
export interface Sample {
  readonly done: number;
  readonly redisBytes: number;
  readonly submitterBytes: number;
  readonly workerBytes: number;
}

/** Cells by the adapter. `ledger`: as experiment run keeps them, in a store. */
export function byAdapter(
  count: number,
  { workers = 1, busyMs = 0, atATime = AT_A_TIME, kept = false } = {},
) {
  return withRedis(async ({ server, folder, start }) => {
    const stubs = Array.from(
      { length: workers },
      () => start(server.queue, folder, 30, atATime, busyMs, ""),
    );
    const address = queueAddress(server.queue, () => undefined);
    const queue = await openQueueCells({
      address,
      shared: sharedFolder(`${folder}/shared`),
      code: CODE,
      priority: 0,
      place,
      check: () => {},
      onNotice: () => {},
    });
    while (await queue.serving() < workers) await new Promise((go) => setTimeout(go, 50));
    const cells = stubCells(count);
    const store = kept ? await openCellStore(`${folder}/store`) : null;
    const open = store &&
      openCells(store, { name: "trial", question: "?", file: "trial.yaml", code: CODE }, cells, 1);
    const samples: Sample[] = [], pid = stubs[0]!.pid;
    const counting = countingLedger();
    let done = 0;
    const sample = async () => {
      const at = done;
      const [redis, worker] = await Promise.all([redisBytes(server), residentBytes(pid)]);
      samples.push({
        done: at,
        redisBytes: redis,
        submitterBytes: Deno.memoryUsage().rss,
        workerBytes: worker,
      });
    };
    const begun = performance.now();
    await runGrid(cells, queue, open ?? counting.ledger, {
      onDone: () => {
        if (++done % Math.max(1, count / 10) === 0) sample().catch(() => {});
      },
      onFailed: (_, { message }) => {
        throw new Error(message);
      },
    }, () => performance.now());
    const seconds = (performance.now() - begun) / 1000;
    await sample();
    open?.end("complete");
    await store?.close();
    const ledgerBytes = kept ? (await Deno.stat(`${folder}/store/ledger.sqlite`)).size : 0;
    await queue.close();
    return { seconds, samples, ledgerBytes };
  });
}

/** The same by BullMQ alone: jobs of the same bytes are added as many at a time, and their ends are counted. */
export function byBareLoop(count: number) {
  return withRedis(async ({ server, start }) => {
    start("bare", server.queue, AT_A_TIME);
    const connection = connectionOf(queueAddress(server.queue, () => undefined));
    const queue = new Queue(QUEUE, {
      connection,
      prefix: PREFIX,
      streams: { events: { maxLen: KEPT_EVENTS } },
    });
    const events = new QueueEvents(QUEUE, { connection, prefix: PREFIX });
    await events.waitUntilReady();
    await untilServed(queue, 1);
    const cells = stubCells(count);
    const keep = { count: KEPT_ENDED, age: KEPT_SECONDS };
    const jobs = cells.map((cell) => ({
      name: "cell",
      data: cellJob({ ...place(cell.key), code: CODE, mark: CODE, request: requestOf(cell, null) }),
      opts: { jobId: cell.key, removeOnComplete: keep, removeOnFail: keep },
    }));
    const begun = performance.now();
    let done = 0, sent = 0;
    await new Promise<void>((end, fail) => {
      const send = (most: number) => {
        const some = jobs.slice(sent, sent + most);
        sent += some.length;
        if (some.length > 0) queue.addBulk(some).catch(fail);
      };
      events.on("completed", () => {
        if (++done === count) end();
        else if (done % 100 === 0) send(100);
      });
      send(IN_FLIGHT);
    });
    const seconds = (performance.now() - begun) / 1000;
    await events.close();
    await queue.close();
    return { seconds };
  });
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
const rounded = (value: number, digits = 3): number => Number(value.toFixed(digits));

/** Cells a second beside the bare loop, in interleaved pairs; bytes and memory of the largest. */
export async function throughput(count: number, pairs: number) {
  const bare: number[] = [], own: number[] = [], stored: number[] = [], loads = [loadNow()];
  let samples: Sample[] = [];
  for (let i = 0; i < pairs; i++) {
    const both = [
      async () => bare.push(count / (await byBareLoop(count)).seconds),
      async () => {
        const ran = await byAdapter(count);
        own.push(count / ran.seconds);
        samples = ran.samples;
      },
    ];
    for (const one of i % 2 === 0 ? both : both.reverse()) await one(); // what the machine does meanwhile favours neither
    stored.push(count / (await byAdapter(count, { kept: true })).seconds);
    loads.push(loadNow());
  }
  const ratios = own.map((rate, i) => rate / bare[i]!);
  return {
    cells: count,
    pairs,
    load: loads,
    bareCellsASecond: Math.round(median(bare)),
    cellsASecond: Math.round(median(own)),
    withLedgerCellsASecond: Math.round(median(stored)),
    ratio: rounded(median(ratios)),
    ratioWithLedger: rounded(median(stored.map((rate, i) => rate / bare[i]!))),
    samples,
  };
}

/** Two worker processes beside one, on cells that compute, in interleaved pairs. */
export async function scaling(pairs: number) {
  const cells = 300, busyMs = 20, ratios: number[] = [], loads = [loadNow()];
  for (let i = 0; i < pairs; i++) {
    const seconds = [0, 0, 0];
    for (const workers of i % 2 === 0 ? [1, 2] : [2, 1]) {
      seconds[workers] = (await byAdapter(cells, { workers, busyMs, atATime: 1 })).seconds;
    }
    ratios.push(rounded(seconds[1]! / seconds[2]!));
    loads.push(loadNow());
  }
  return { cells, busyMs, pairs, load: loads, ratios, median: median(ratios) };
}

/** What cells of one market and different seeds take to plan: seconds, and bytes of memory. */
function planning(count: number) {
  const [first] = stubCells(1);
  const panel = marketOf(first!.config).panel;
  const before = Deno.memoryUsage().heapUsed, begun = performance.now();
  const planned = Array.from(
    { length: count },
    (_, seed) => planCell({ ...first!, config: { ...first!.config, seed } }, panel, CODE),
  );
  const planSeconds = (performance.now() - begun) / 1000;
  const planBytes = Math.max(0, Deno.memoryUsage().heapUsed - before);
  if (planned.length !== count) throw new RangeError("Cannot measure planning as every cell must be planned"); // held until here
  return { planSeconds: rounded(planSeconds), planBytes };
}

/** What cells take at sizes, for the cost model of docs/SCALE.md. */
export async function sizes(counts: readonly number[]) {
  const rows = [];
  for (const cells of counts) {
    const load = loadNow();
    const { seconds, samples, ledgerBytes } = await byAdapter(cells, { kept: true });
    const most = (of: keyof Sample) => Math.max(...samples.map((sample) => sample[of]));
    rows.push({
      cells,
      load,
      queueSeconds: rounded(seconds, 2),
      redisBytes: most("redisBytes"),
      submitterBytes: most("submitterBytes"),
      workerBytes: most("workerBytes"),
      ledgerBytes,
      ...planning(cells),
    });
  }
  return rows;
}
