/** A queue whose workers are killed, whose server is started anew, whose network is cut, with cells that are poisoned. */
import { join } from "node:path";
import { queueAddress } from "../src/adapters/queue/queue_address.ts";
import { openQueueCells } from "../src/adapters/queue/queue_cells.ts";
import { sharedFolder } from "../src/adapters/queue/shared_files.ts";
import { rng } from "../src/core/rng.ts";
import { runGrid } from "../src/experiments/grid/run_grid.ts";
import { CODE, countingLedger, endWorker, keyOf, noted, pause, startStub, stubCells } from "./queue_bench.ts";
import { freePort, type RedisServer, startRedis } from "./queue_redis.ts";

/** Seconds without a sign of life after which a cell is given to another: short, so that a trial is. */
const LOCK = 4;

/** What breaks while cells run. */
interface Breaking {
  readonly cells: number;
  readonly busyMs: number;
  /** Labels as queue_stub.ts takes them. */
  readonly poisoned: string;
  /** Breaks things; `workers` may be replaced in place. */
  readonly during: (bench: Bench) => Promise<void>;
}

interface Bench {
  readonly folder: string;
  server: RedisServer;
  readonly workers: Deno.ChildProcess[];
  readonly start: (queue?: string) => Deno.ChildProcess;
  /** How many cells ended so far. */
  readonly ended: () => number;
}

async function broken({ cells: count, busyMs, poisoned, during }: Breaking) {
  const folder = await Deno.makeTempDir({ prefix: "popagent-queue-" });
  const server = await startRedis(folder, freePort(), "--appendonly", "yes");
  if (!server) {
    throw new Error("Cannot try a queue as a Redis server must be installed: apt-get install redis-server");
  }
  const start = (queue = server.queue) => startStub(queue, folder, LOCK, 1, busyMs, poisoned);
  const { ledger, finished, failed } = countingLedger();
  const planned = stubCells(count);
  const bench: Bench = {
    folder,
    server,
    workers: [start(), start()],
    start,
    ended: () => finished.size + failed.size,
  };
  let over = false;
  // as a cluster does: a worker that is gone is started anew
  const watch = (at: number): void =>
    void bench.workers[at]!.status.then(() => {
      if (over) return;
      bench.workers[at] = start();
      watch(at);
    });
  bench.workers.forEach((_, at) => watch(at));
  try {
    const queue = await openQueueCells({
      address: queueAddress(server.queue, () => undefined),
      shared: sharedFolder(`${folder}/shared`),
      code: CODE,
      priority: 0,
      place: (key) => ({ label: key.slice(0, 8), again: `again ${key.slice(0, 8)}` }),
      check: () => {},
      onNotice: () => {},
    });
    const breaking = during(bench);
    const run = await runGrid(
      planned,
      queue,
      ledger,
      { onDone: () => {}, onFailed: () => {} },
      () => performance.now(),
    );
    over = true;
    await breaking;
    await queue.close();
    const counts = [...(await noted(folder)).entries()];
    return {
      cells: count,
      done: run.done,
      countedTwice: [...finished.values()].filter((times) => times > 1).length,
      failed: Object.fromEntries([...failed].map(([key, message]) => [key.slice(0, 8), message])),
      /** Cells that were begun more often than once: those whose worker was lost under them. */
      begunAgain: counts.filter(([, { begun }]) => begun > 1).length,
      /** Of them, those that had been done to their end before: their answer was lost on its way. */
      endedAgain: counts.filter(([, { ended }]) => ended > 1).length,
    };
  } finally {
    over = true;
    await Promise.all(bench.workers.map((worker) => endWorker(worker)));
    await bench.server.stop();
    await Deno.remove(folder, { recursive: true });
  }
}

/** Kills a worker that is at a cell, at so many seeded moments of it. */
export async function killed(kills: number, seed: number) {
  const random = rng("queue kills", seed), busyMs = 300, cells = 300;
  const struckAt = new Map<string, number>(); // a cell struck more often than it may lose its worker would fail, rightly
  let struck = 0;
  const report = await broken({
    cells,
    busyMs,
    poisoned: "",
    async during({ folder, workers, ended }) {
      while (struck < kills && ended() < cells) {
        const busy = await atWork(folder);
        const some = workers.filter(({ pid }) => busy.has(pid) && (struckAt.get(busy.get(pid)!) ?? 0) < 2);
        if (some.length === 0) {
          await pause(0.02);
          continue;
        }
        const one = some[random.uniform() < 0.5 ? 0 : some.length - 1]!;
        const cell = busy.get(one.pid)!;
        struckAt.set(cell, (struckAt.get(cell) ?? 0) + 1);
        await pause(random.uniform() * busyMs / 1000);
        one.kill("SIGKILL");
        await one.status;
        struck++;
      }
    },
  });
  return { kills: struck, seed, ...report };
}

/** The cell that each process has begun and not ended. */
async function atWork(folder: string): Promise<ReadonlyMap<number, string>> {
  const text = await Deno.readTextFile(join(folder, "cells.log")).catch(() => "");
  const last = new Map<number, string>();
  for (const line of text.trim().split("\n")) {
    const [what, key, pid] = line.split(" ");
    if (what === "begin") last.set(Number(pid), key!);
    else last.delete(Number(pid));
  }
  return last;
}

/** Ends the server while cells run, and starts it anew on what its append-only file holds. */
export function restarted() {
  return broken({
    cells: 60,
    busyMs: 200,
    poisoned: "",
    async during(bench) {
      while (bench.ended() < 15) await pause(0.05);
      const { folder, server: { port, stop } } = bench;
      await stop("SIGKILL");
      await pause(2);
      bench.server = (await startRedis(folder, port, "--appendonly", "yes"))!;
    },
  });
}

/** Cuts one worker off the network for twice its lock. */
export async function cutOff() {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  let gate = Promise.resolve(), target = 0;
  const carry = async (from: Deno.Conn, to: Deno.Conn) => {
    const buffer = new Uint8Array(65536);
    for (let read = await from.read(buffer); read !== null; read = await from.read(buffer)) {
      const bytes = buffer.slice(0, read);
      await gate; // while the network is cut nothing arrives, and nobody is told
      for (let at = 0; at < read;) at += await to.write(bytes.subarray(at));
    }
    to.close();
  };
  (async () => {
    for await (const near of listener) {
      const far = await Deno.connect({ hostname: "127.0.0.1", port: target });
      carry(near, far).catch(() => {});
      carry(far, near).catch(() => {});
    }
  })().catch(() => {});
  const report = await broken({
    cells: 60,
    busyMs: 300,
    poisoned: "",
    async during({ workers, server, start, ended }) {
      target = server.port;
      const remote = start(`redis://127.0.0.1:${(listener.addr as Deno.NetAddr).port}`);
      workers.push(remote);
      while (ended() < 10) await pause(0.05);
      let open = () => {};
      gate = new Promise((go) => open = go);
      await pause(2 * LOCK);
      open();
    },
  });
  listener.close();
  return { lockSeconds: LOCK, cutSeconds: 2 * LOCK, ...report };
}

/** A cell that fails, and one that ends whoever runs it. */
export async function poisoned() {
  const report = await broken({
    cells: 20,
    busyMs: 50,
    poisoned: `${keyOf(3)},${keyOf(7)}!`,
    during: () => Promise.resolve(),
  });
  return { fails: keyOf(3).slice(0, 8), kills: keyOf(7).slice(0, 8), ...report };
}
