import type { Cells } from "../../experiments/ports/cells.ts";
import type { LanguageRequest } from "../../experiments/ports/jobs.ts";
import { cellFiles } from "../ledger/cell_files.ts";
import type { CellReply, CellTask } from "./cell_worker.ts";

/** A pool of Web Workers that run cells. */
export interface CellPool extends Cells {
  close(): void;
}

/** How many workers, and bytes of shared series that each may keep. */
export interface CellPoolOptions {
  readonly workers: number;
  readonly memoBytes: number;
  /** How language models are asked; left out, from what is recorded in the usual place. */
  readonly language?: LanguageRequest | undefined;
}

type Answer = Extract<CellReply, { kind: "outcome" }>;

/** Starts a pool; a worker is started when it is first needed, and another in its place if it stops. */
export function createCellPool({ workers: size, memoBytes, language }: CellPoolOptions): CellPool {
  const idle: Worker[] = [];
  const workers = new Set<Worker>();
  const waiting: ((worker: Worker) => void)[] = [];

  function take(): Promise<Worker> {
    const worker = idle.pop();
    if (worker) return Promise.resolve(worker);
    if (workers.size === size) return new Promise((resolve) => waiting.push(resolve));
    return Promise.resolve(start());
  }

  function start(): Worker {
    const worker = new Worker(new URL("./cell_worker.ts", import.meta.url), { type: "module" });
    workers.add(worker);
    return worker;
  }

  function giveBack(worker: Worker): void {
    const next = waiting.shift();
    if (next) next(worker);
    else idle.push(worker);
  }

  /** One that is gone makes room for another. */
  function replace(worker: Worker): void {
    workers.delete(worker);
    const next = waiting.shift();
    if (next) next(start());
  }

  return {
    workers: size,
    async run(request, onProgress, signal) {
      const worker = await take();
      const { outcome, cost } = await new Promise<Answer>((resolve, reject) => {
        const giveUp = () => {
          worker.terminate(); // the one way to stop what computes
          replace(worker);
          reject(signal!.reason);
        };
        worker.onmessage = ({ data }: MessageEvent<CellReply>) => {
          if (data.kind === "progress") return onProgress(data.done, data.total);
          signal?.removeEventListener("abort", giveUp);
          if (data.kind === "outcome") resolve(data);
          else {
            const { name, message, stack, refused } = data;
            reject(Object.assign(new Error(message), { name, stack, refused }));
          }
          giveBack(worker);
        };
        worker.onerror = (event) => {
          event.preventDefault();
          signal?.removeEventListener("abort", giveUp);
          reject(new Error(`A worker stopped: ${event.message}`));
          replace(worker);
        };
        if (signal?.aborted) {
          giveBack(worker);
          return reject(signal.reason);
        }
        signal?.addEventListener("abort", giveUp);
        worker.postMessage({ request, memoBytes, language } satisfies CellTask);
      });
      return { files: await cellFiles(outcome), cost };
    },
    close: () => workers.forEach((worker) => worker.terminate()),
  };
}
