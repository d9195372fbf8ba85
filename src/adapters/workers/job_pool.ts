import { UserError } from "../../core/user_error.ts";
import type { JobResult } from "../../experiments/jobs/job_result.ts";
import type { JobEarly, JobProgress, JobRequest, Jobs } from "../../experiments/ports/jobs.ts";
import type { Panel } from "../../market/panel.ts";
import { extensionsNamed } from "../extensions/load_extensions.ts";
import type { WorkerReply, WorkerTask } from "./job_worker.ts";
import { sharePanel } from "./shared_panel.ts";

/** A pool of Web Workers. Offered rows reach them in shared memory. */
export interface JobPool extends Jobs {
  /** Ends all workers. Jobs that are queued or under way are rejected with the reason. */
  close(reason?: unknown): void;
}

/** How many workers, and bytes of shared series that each may keep. */
export interface JobPoolOptions {
  readonly workers: number;
  readonly memoBytes: number;
}

interface QueuedJob {
  readonly request: JobRequest;
  /** Paths of the modules of one's own that its configuration names. */
  readonly extensions: readonly string[];
  readonly onProgress: JobProgress;
  readonly onEarly: JobEarly;
  readonly resolve: (result: JobResult) => void;
  readonly reject: (error: Error) => void;
}

/** Starts a pool. @throws {RangeError} If the number of workers is not an integer >= 1. */
export function createJobPool({ workers: size, memoBytes }: JobPoolOptions): JobPool {
  if (!Number.isInteger(size) || size < 1) {
    throw new RangeError(
      `Cannot start workers as their number must be an integer >= 1: current value is ${size}`,
    );
  }
  const queue: QueuedJob[] = [];
  const idle: Worker[] = [];
  const underWay = new Set<(error: Error) => void>(); // what rejects them
  const workers: Worker[] = [];
  const offered = new Map<string, { readonly panel: Panel; offers: number }>(); // by hash of the rows

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

  function assign(worker: Worker, job: QueuedJob): void {
    const { request, extensions, onProgress, onEarly, resolve, reject } = job;
    underWay.add(reject);
    const finish = () => {
      underWay.delete(reject);
      idle.push(worker);
      next();
    };
    worker.onmessage = ({ data }: MessageEvent<WorkerReply>) => {
      if (data.kind === "progress" || data.kind === "early") {
        try {
          return data.kind === "early" ? onEarly(data.early) : onProgress(data.done, data.total);
        } catch (error) { // whoever is told may throw: that ends the job, which nobody would else hear of
          return reject(error as Error);
        }
      }
      if (data.kind === "result") resolve(data.result);
      else reject(revive(data));
      finish();
    };
    worker.onerror = (event) => {
      event.preventDefault();
      underWay.delete(reject);
      reject(new Error(`A worker stopped: ${event.message}`));
      workers.splice(workers.indexOf(worker), 1); // it is gone; another may take its place
      next();
    };
    const rows = offered.get(request.rowsHash)?.panel ?? null;
    worker.postMessage({ request, rows, memoBytes, extensions } satisfies WorkerTask);
  }

  return {
    workers: size,
    run: (request, onProgress, onEarly = () => {}) =>
      new Promise((resolve, reject) => {
        const extensions = extensionsNamed(request.config.extensions).map(({ path }) => path);
        queue.push({ request, extensions, onProgress, onEarly, resolve, reject });
        next();
      }),
    offer(panel) {
      const known = offered.get(panel.hash) ?? { panel: sharePanel(panel), offers: 0 };
      known.offers++;
      offered.set(panel.hash, known);
      return () => {
        if (--known.offers === 0) offered.delete(panel.hash);
      };
    },
    close(reason = new Error("The workers were ended")) {
      workers.forEach((worker) => worker.terminate());
      for (const reject of [...underWay, ...queue.splice(0).map((job) => job.reject)]) {
        reject(reason as Error);
      }
      underWay.clear();
    },
  };
}

/** Kinds of error that mean a caller's mistake. */
const KINDS: Readonly<Record<string, new (message: string) => Error>> = { RangeError, UserError };

/** The worker's error with its name and stack, so that a caller's mistake still reads as one. */
function revive({ name, message, stack }: Extract<WorkerReply, { kind: "error" }>): Error {
  const error = new (KINDS[name] ?? Error)(message);
  error.name = name;
  error.stack = stack;
  return error;
}
