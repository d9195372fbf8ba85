/** How many workers a command may be given. */
import { UserError } from "../core/user_error.ts";

/** Workers a core: more share the core and gain nothing. */
const WORKERS_PER_CORE = 4;
/** Bytes that a worker takes before it keeps any series. */
const WORKER_BYTES = 256 * 2 ** 20;

/** The most workers that this machine has cores and memory for, at least 1. */
export function mostWorkers(cores: number, memoryBytes: number): number {
  return Math.max(1, Math.min(WORKERS_PER_CORE * cores, Math.floor(memoryBytes / WORKER_BYTES)));
}

/** Reads --workers. @throws {UserError} If it is no whole number from 1 to the most that this machine has room for. */
export function parseWorkers(text: string): number {
  const cores = navigator.hardwareConcurrency, memory = Deno.systemMemoryInfo().total;
  const most = mostWorkers(cores, memory);
  const workers = /^\d+$/.test(text.trim()) ? Number(text) : NaN;
  if (workers >= 1 && workers <= most) return workers;
  throw new UserError(
    `Cannot read --workers as it must be an integer from 1 to ${most} (this machine has ${cores} cores and ` +
      `${(memory / 2 ** 30).toFixed(1)} GiB): current value is ${text}`,
  );
}
