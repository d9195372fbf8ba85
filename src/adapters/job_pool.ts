import type { JobResult } from "../experiments/jobs.ts";
import type { JobReply, JobRequest } from "./job_worker.ts";

/** A pool of workers. Results do not depend on how many there are or on who runs what. */
export interface JobPool {
  /** Queues a job; resolves with its result. Jobs start in the order they are queued. */
  run(request: JobRequest, onProgress: (done: number, total: number) => void): Promise<JobResult>;
  close(): void;
}

interface QueuedJob {
  readonly request: JobRequest;
  readonly onProgress: (done: number, total: number) => void;
  readonly resolve: (result: JobResult) => void;
  readonly reject: (error: Error) => void;
}

/** Starts `size` workers. @throws {RangeError} If size is not an integer >= 1. */
export function createJobPool(size: number): JobPool {
  if (!Number.isInteger(size) || size < 1) {
    throw new RangeError(
      `Cannot start workers as their number must be an integer >= 1: current value is ${size}`,
    );
  }
  const queue: QueuedJob[] = [];
  const idle: Worker[] = [];
  const workers: Worker[] = [];

  function next(): void {
    while (queue.length > 0) {
      const worker = idle.pop() ?? startWorker();
      if (!worker) return;
      assign(worker, queue.shift()!);
    }
  }

  function startWorker(): Worker | null {
    if (workers.length === size) return null;
    const worker = new Worker(new URL("./job_worker.ts", import.meta.url), { type: "module" });
    workers.push(worker);
    return worker;
  }

  function assign(worker: Worker, { request, onProgress, resolve, reject }: QueuedJob): void {
    const finish = () => {
      idle.push(worker);
      next();
    };
    worker.onmessage = ({ data }: MessageEvent<JobReply>) => {
      if (data.kind === "progress") return onProgress(data.done, data.total);
      if (data.kind === "result") resolve(data.result);
      else reject(revive(data));
      finish();
    };
    worker.onerror = (event) => {
      event.preventDefault();
      reject(new Error(`A worker stopped: ${event.message}`));
      workers.splice(workers.indexOf(worker), 1); // it is gone; another may take its place
      next();
    };
    worker.postMessage(request);
  }

  return {
    run: (request, onProgress) =>
      new Promise((resolve, reject) => {
        queue.push({ request, onProgress, resolve, reject });
        next();
      }),
    close: () => workers.forEach((worker) => worker.terminate()),
  };
}

/** The worker's error with its name and stack, so that a caller's mistake still reads as one. */
function revive({ name, message, stack }: Extract<JobReply, { kind: "error" }>): Error {
  const error = name === "RangeError" ? new RangeError(message) : new Error(message);
  error.name = name;
  error.stack = stack;
  return error;
}
