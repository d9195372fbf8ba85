/** What trials of the queue have in common: stand-ins for cells, workers as processes, a ledger that counts. */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { packText } from "../src/adapters/queue/packed_text.ts";
import type { CellReply } from "../src/adapters/queue/cell_job.ts";
import { sha256 } from "../src/core/hash.ts";
import { cellsOf } from "../src/experiments/grid/grid.ts";
import { planCell, type PlannedCell } from "../src/experiments/grid/plan_cell.ts";
import { populationRunConfig, settingsSchema } from "../src/experiments/config.ts";
import { marketOf } from "../src/experiments/market.ts";
import type { CellLedger } from "../src/experiments/ports/cell_ledger.ts";
import type { CellFiles } from "../src/experiments/ports/cells.ts";
import type { RedisServer } from "./queue_redis.ts";

/** The source that all of a trial have. */
export const CODE = sha256("trial");

/** Cells with the settings of a real one; their hashes alone differ. */
export function stubCells(count: number): PlannedCell[] {
  const settings = {
    data: { source: "synthetic" as const },
    market: { rows: 1000 },
    population: { size: 3 },
    iterations: 2,
  };
  const config = populationRunConfig(settingsSchema.parse(settings));
  const markets = [{ name: "m", marketSeeds: [1], seeds: [1], arms: [{ name: "full", config }] }];
  const [cell] = cellsOf({ name: "trial", question: "?", markets, beside: [], keep: [] });
  const planned = planCell(cell!, marketOf(cell!.config).panel, CODE);
  return Array.from({ length: count }, (_, i) => ({ ...planned, label: `full/m.1/${i}`, key: keyOf(i) }));
}

/** The hash of cell number i. */
export const keyOf = (i: number): string => sha256(`cell ${i}`);

/** What a stand-in leaves. */
export function stubFiles(key: string): CellFiles {
  return { result: `{"cell":"${key}"}\n`, series: null, events: null };
}

/** The answer of a bare loop: the same bytes. */
export function stubReply(key: string): CellReply {
  const { result } = stubFiles(key);
  const cost = { cpuSeconds: 0, wallSeconds: 0 };
  return {
    result: sha256(result),
    packed: packText(result),
    series: null,
    events: null,
    cost,
    worker: "stub:1",
    starts: 1,
  };
}

/** Starts a worker of stand-ins. */
export function startStub(...args: (string | number)[]): Deno.ChildProcess {
  const stub = fileURLToPath(new URL("queue_stub.ts", import.meta.url));
  return new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", stub, ...args.map(String)],
    stdin: "null",
    stdout: "null",
    stderr: "inherit",
  }).spawn();
}

/** Ends a worker, if it has not ended by itself. */
export async function endWorker(worker: Deno.ChildProcess, signal: Deno.Signal = "SIGKILL"): Promise<void> {
  try {
    worker.kill(signal);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error; // it is gone
  }
  await worker.status;
}

/** What became of cells, and how often each was counted. */
export function countingLedger() {
  const finished = new Map<string, number>(), failed = new Map<string, string>();
  const ledger: CellLedger = {
    start: () => {},
    checkpoints: () => null,
    finish: ({ key }) => {
      finished.set(key, (finished.get(key) ?? 0) + 1);
      return Promise.resolve();
    },
    fail: ({ key }, { message }) => void failed.set(key, message),
  };
  return { ledger, finished, failed };
}

/** How often each cell was begun and ended by workers that note it. */
export async function noted(folder: string): Promise<ReadonlyMap<string, { begun: number; ended: number }>> {
  const text = await Deno.readTextFile(join(folder, "cells.log")).catch(() => "");
  const counts = new Map<string, { begun: number; ended: number }>();
  for (const line of text.trim().split("\n")) {
    const [what, key] = line.split(" ");
    const of = counts.get(key!) ?? { begun: 0, ended: 0 };
    if (what === "begin") of.begun++;
    else of.ended++;
    counts.set(key!, of);
  }
  return counts;
}

/** Bytes that a server holds. */
export async function redisBytes({ port }: RedisServer): Promise<number> {
  const { stdout } = await new Deno.Command("redis-cli", { args: ["-p", `${port}`, "info", "memory"] })
    .output();
  return Number(/used_memory:(\d+)/.exec(new TextDecoder().decode(stdout))![1]);
}

/** Memory of a process, bytes. */
export async function residentBytes(pid: number): Promise<number> {
  const { stdout } = await new Deno.Command("ps", { args: ["-o", "rss=", "-p", `${pid}`] }).output();
  return Number(new TextDecoder().decode(stdout)) * 1024;
}

export function pause(seconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 1000 * seconds));
}

/** Mean number of processes that wanted a core in the last minute: what a measurement must be read by. */
export function loadNow(): number {
  return Number(Deno.loadavg()[0]!.toFixed(1));
}
