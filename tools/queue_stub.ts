/**
 * A worker whose cells cost nothing but what they are told to: what is tried is the queue.
 *
 *   queue_stub.ts <queue> <folder> <lock seconds> <at a time> <busy ms> <poisoned labels, by comma>
 *   queue_stub.ts bare <queue> <at a time>         a bare BullMQ loop in its place
 *
 * Begun and ended cells are noted in <folder>/cells.log. A label that ends in "!" ends the process, another fails.
 */
import { Worker } from "bullmq";
import { queueAddress } from "../src/adapters/queue/queue_address.ts";
import { PREFIX, QUEUE } from "../src/adapters/queue/queue_terms.ts";
import { connectionOf } from "../src/adapters/queue/redis_connection.ts";
import { serveCells } from "../src/adapters/queue/serve_cells.ts";
import { sharedFolder } from "../src/adapters/queue/shared_files.ts";
import type { Cells } from "../src/experiments/ports/cells.ts";
import { CODE, stubFiles, stubReply } from "./queue_bench.ts";

const [first = "", second = "", ...rest] = Deno.args;

function busy(ms: number): Promise<void> {
  const until = performance.now() + ms;
  while (performance.now() < until) Math.sqrt(until);
  return Promise.resolve();
}

async function serve(): Promise<void> {
  const [lock, atATime, ms, poisoned = ""] = rest;
  const bad = new Map(poisoned.split(",").map((label) => [label.replace("!", ""), label.endsWith("!")]));
  const note = (what: string, key: string) =>
    Deno.writeTextFileSync(`${second}/cells.log`, `${what} ${key} ${Deno.pid}\n`, { append: true });
  const run: Cells["run"] = async ({ key }, onProgress) => {
    if (Number(ms) > 0) note("begin", key);
    onProgress(0, 1);
    if (Number(ms) > 0) await busy(Number(ms));
    const lethal = bad.get(key);
    if (lethal === true) Deno.kill(Deno.pid, "SIGKILL");
    if (lethal === false) throw new RangeError("poisoned, as planned");
    if (Number(ms) > 0) note("end", key);
    return { files: stubFiles(key), cost: { cpuSeconds: 0, wallSeconds: 0 } };
  };
  const serving = await serveCells({
    address: queueAddress(first, () => undefined),
    shared: sharedFolder(`${second}/shared`),
    code: CODE,
    cells: { workers: Number(atATime), run },
    name: `stub:${Deno.pid}`,
    lockSeconds: Number(lock),
    onNotice: () => {},
  });
  Deno.addSignalListener("SIGTERM", () => serving.stop());
  await serving.ended;
}

async function bare(): Promise<void> {
  const connection = connectionOf(queueAddress(second, () => undefined));
  const run = (job: { id?: string }) => Promise.resolve(stubReply(job.id!));
  const worker = new Worker(QUEUE, run, { connection, prefix: PREFIX, concurrency: Number(rest[0]) });
  await new Promise<void>((end) => Deno.addSignalListener("SIGTERM", end));
  await worker.close();
}

await (first === "bare" ? bare() : serve());
Deno.exit(0);
