/** A worker: takes cells from a queue, has them run here, and answers with what they left. */
import { type Job, UnrecoverableError, WaitingError, Worker } from "bullmq";
import { Redis } from "ioredis";
import type { CellRequest, Cells } from "../../experiments/ports/cells.ts";
import { type CellJob, type CellNews, type CellReply, keysGivenUp, readCellJob } from "./cell_job.ts";
import { GIVEN_UP } from "./cell_failure.ts";
import { leaveCell } from "./gather_cell.ts";
import type { QueueAddress } from "./queue_address.ts";
import { GIVE_UP, MOST_STALLS, PREFIX, QUEUE } from "./queue_terms.ts";
import { connectionOf, endConnection, requireServer } from "./redis_connection.ts";
import { markShared, type SharedFiles } from "./shared_files.ts";

/** What a worker brings. */
export interface ServeTerms {
  readonly address: QueueAddress;
  readonly shared: SharedFiles;
  /** Hash of the source that it has. */
  readonly code: string;
  /** What runs cells here, apart from this thread: one that computes could not say that it lives. */
  readonly cells: Cells;
  /** How others see it: host and process. */
  readonly name: string;
  /** Seconds without a sign of life after which its cells are given to another. */
  readonly lockSeconds: number;
  /** ms between two words on how far a cell is. */
  readonly newsMs?: number;
  /** Told of each cell that ended here, and of what a person should know. */
  readonly onNotice: (line: string) => void;
}

/** A worker at work. */
export interface Serving {
  /** Resolves when it has ended: with why it refused a cell, or null. */
  readonly ended: Promise<string | null>;
  /** Hands back what it is at, and ends. */
  stop(): void;
}

/** Unless told otherwise: often enough to look at, seldom enough to cost nothing. */
const NEWS_MS = 2000;

/** Why a cell is not run on here. */
const LOST = "its lock was lost", STOPPED = "the worker was stopped";

/** Serves a queue until it is stopped, or refuses a cell. @throws {UserError} If no server answers there, or the shared place takes no files. */
export async function serveCells(terms: ServeTerms): Promise<Serving> {
  const { address, shared, code, cells, name, lockSeconds, newsMs = NEWS_MS, onNotice } = terms;
  await requireServer(address);
  await markShared(shared); // what could not be left would be computed for nothing
  const connection = connectionOf(address);
  let refusal: string | null = null;
  const found = new Set<string>();
  let stop = () => {};
  const ended = new Promise<string | null>((resolve) => stop = () => resolve(refusal));

  /** Hands a cell back for another worker; no attempt is counted. */
  async function handBack(job: Job, token: string | undefined): Promise<never> {
    await job.moveToWait(token);
    throw new WaitingError();
  }

  /** A worker that cannot run one cell of a grid can run none of it: it says so, hands the cell back and ends. */
  async function refuse(job: Job, token: string | undefined, why: string): Promise<never> {
    refusal ??= `The worker ${name} refuses ${(job.data as CellJob).label}: ${why}`;
    await job.updateProgress({ refused: refusal.replace(/\s+/g, " ") } satisfies CellNews);
    close();
    return await handBack(job, token);
  }

  async function run(
    job: Job,
    token: string | undefined,
    signal: AbortSignal | undefined,
  ): Promise<CellReply> {
    const { label, code: wanted, mark, request } = asked(job);
    if (wanted !== code) {
      return await refuse(
        job,
        token,
        `its source must have the hash ${wanted.slice(0, 10)}: here it has ${
          code.slice(0, 10)
        }. Give both the same version of the project`,
      );
    }
    if (!found.has(mark)) {
      const missed = await shared.read(mark, "json").then(() => null, ({ message }: Error) => message);
      if (missed !== null) {
        return await refuse(job, token, `its --share must be the place that the submitter names: ${missed}`);
      }
      found.add(mark);
    }
    let told = performance.now();
    const onProgress = (done: number, total: number) => {
      if (performance.now() - told < newsMs) return;
      told = performance.now();
      job.updateProgress({ done, total } satisfies CellNews).catch(() => {}); // the next word is as good
    };
    const here: CellRequest = { ...request, opening: null, checkpoints: null };
    const ran = await cells.run(here, onProgress, signal).catch((error: Error & { refused?: boolean }) => {
      if (signal?.aborted && signal.reason === STOPPED) return handBack(job, token);
      if (signal?.aborted) throw new UnrecoverableError(signal.reason === GIVEN_UP ? GIVEN_UP : LOST);
      if (error.refused) return refuse(job, token, error.message);
      throw Object.assign(new UnrecoverableError(error.message), { stack: error.stack }); // it would fail again
    });
    const left = await leaveCell(ran.files, shared); // what fails here is tried again
    onNotice(`${label}: ${ran.cost.wallSeconds.toFixed(1)} s`);
    return { ...left, cost: ran.cost, worker: name, starts: job.attemptsStarted };
  }

  const worker = new Worker(QUEUE, run, {
    connection,
    prefix: PREFIX,
    name,
    concurrency: cells.workers,
    lockDuration: lockSeconds * 1000,
    stalledInterval: lockSeconds * 500,
    maxStalledCount: MOST_STALLS,
  });
  const ear = new Redis(connection);
  await ear.subscribe(GIVE_UP);
  ear.on("message", (_channel, text) => {
    for (const key of keysGivenUp(text)) worker.cancelJob(key, GIVEN_UP);
  });
  let away = false;
  const onError = ({ message }: Error) => {
    if (/could not renew lock/.test(message)) return;
    if (!away) onNotice(`The queue ${address.shown} is away: ${message}`);
    away = true;
  };
  ear.on("error", onError);
  ear.on("ready", () => away = false);
  worker.on("error", onError);
  worker.on(
    "failed",
    (job, { message }) =>
      onNotice(`${(job?.data as CellJob)?.label ?? "a cell"} failed: ${message.split("\n")[0]}`),
  );
  // another worker has it by now: what is computed here would not count
  worker.on("lockRenewalFailed", (keys) => keys.forEach((key) => worker.cancelJob(key, LOST)));

  let closing = false;
  function close(): void {
    if (closing) return;
    closing = true;
    worker.close().finally(() => endConnection(ear)).finally(stop);
  }
  return {
    ended,
    stop() {
      worker.cancelAllJobs(STOPPED);
      close();
      const away = setTimeout(stop, lockSeconds * 1000); // by then its cells are given to others anyway
      ended.then(() => clearTimeout(away));
    },
  };
}

/** The cell that a job asks for. @throws {UnrecoverableError} If it is none: nobody could run it. */
function asked(job: Job): CellJob {
  try {
    return readCellJob(job.id, job.data);
  } catch (error) {
    throw new UnrecoverableError((error as Error).message);
  }
}
