/** Cells by a queue: sent to workers anywhere, and gathered as they come. */
import { type Job, Queue, QueueEvents } from "bullmq";
import { Redis } from "ioredis";
import type { CellRequest, Cells } from "../../experiments/ports/cells.ts";
import type { JobProgress } from "../../experiments/ports/jobs.ts";
import { type CellJob, cellJob, cellNewsSchema } from "./cell_job.ts";
import { cellFailure, GIVEN_UP, lostFailure } from "./cell_failure.ts";
import { gatherCell } from "./gather_cell.ts";
import type { QueueAddress } from "./queue_address.ts";
import {
  ATTEMPTS,
  BACKOFF_MS,
  GIVE_UP,
  IN_FLIGHT,
  KEPT_ENDED,
  KEPT_EVENTS,
  KEPT_SECONDS,
} from "./queue_terms.ts";
import { PREFIX, QUEUE } from "./queue_terms.ts";
import { connectionOf, endConnection, requireServer } from "./redis_connection.ts";
import { markShared, type SharedFiles } from "./shared_files.ts";

/** A queue as a place where cells are run. */
export interface QueueCells extends Cells {
  /** Processes that serve the queue now. */
  serving(): Promise<number>;
  /** Takes out what waits, and tells workers to give up what they are at. */
  giveUp(): Promise<void>;
  close(): Promise<void>;
}

/** What a submitter brings. */
export interface SubmitTerms {
  readonly address: QueueAddress;
  readonly shared: SharedFiles;
  /** Hash of the source by which cells are to be run. */
  readonly code: string;
  /** 0 comes first. */
  readonly priority: number;
  /** Where a cell stands, and how it is run alone. */
  readonly place: (key: string) => Pick<CellJob, "label" | "again">;
  /** Looks at a result before it counts. @throws {Error} If it is none of this request. */
  readonly check: (request: CellRequest, result: string) => void;
  /** Told what a person should know: that a worker refused, that the server is away. */
  readonly onNotice: (line: string) => void;
}

/** ms between two looks at cells of which nothing was heard, and how many are looked at. */
const LOOK_MS = 5000, LOOKED_AT = 100;
/** ms for which giving up waits for a server that is away. */
const GIVE_UP_MS = 5000;
/** ms for which cells that are sent are gathered, to cross the network together. */
const GATHER_MS = 5;

type Ran = Awaited<ReturnType<Cells["run"]>>;

interface InFlight {
  readonly job: CellJob;
  readonly request: CellRequest;
  readonly onProgress: JobProgress;
  readonly resolve: (ran: Ran) => void;
  readonly reject: (error: Error) => void;
  /** When something was last heard of it, ms. */
  heard: number;
  /** True while its files are read: it is heard of again meanwhile where that takes long. */
  gathering: boolean;
  /** True once its files were not what their hashes said. */
  damaged: boolean;
}

/** Opens a queue to send cells. @throws {UserError} If no server answers there, or the shared place takes no files. */
export async function openQueueCells(terms: SubmitTerms): Promise<QueueCells> {
  const { address, shared, code, priority, place, check, onNotice } = terms;
  const serverTime = await requireServer(address);
  const mark = await markShared(shared);
  const options = { connection: connectionOf(address), prefix: PREFIX };
  const queue = new Queue(QUEUE, { ...options, streams: { events: { maxLen: KEPT_EVENTS } } });
  const events = new QueueEvents(QUEUE, { ...options, lastEventId: `${serverTime - 1}-0` });
  const inFlight = new Map<string, InFlight>();
  let unsent: CellJob[] = [];
  const told = new Set<string>();
  const tellOnce = (line: string) => told.has(line) || (told.add(line), onNotice(line));

  const keep = { count: KEPT_ENDED, age: KEPT_SECONDS };
  const send = async () => {
    const jobs = unsent;
    unsent = [];
    const sending = queue.addBulk(jobs.map((job) => ({
      name: "cell",
      data: job,
      opts: {
        jobId: job.request.key, // the same cell is in the queue once, whoever sends it
        ...(priority === 0 ? {} : { priority }),
        attempts: ATTEMPTS,
        backoff: { type: "exponential", delay: BACKOFF_MS },
        removeOnComplete: keep,
        removeOnFail: keep,
        stackTraceLimit: 20,
      },
    })));
    await sending.catch((error: Error) => { // by the server, such as one whose memory is full: the others go on
      for (const { request: { key } } of jobs) end(key)?.reject(error);
    });
  };
  /** Sends a cell with all others of this moment. */
  const submit = (job: CellJob) => {
    if (unsent.push(job) === 1) setTimeout(() => void send(), GATHER_MS);
  };
  const again = async (key: string) => {
    await queue.remove(key);
    const cell = inFlight.get(key);
    if (cell) submit(cell.job);
  };
  const end = (key: string): InFlight | undefined => {
    const cell = inFlight.get(key);
    inFlight.delete(key);
    return cell;
  };

  async function onCompleted(key: string, reply: unknown): Promise<void> {
    const cell = inFlight.get(key);
    if (!cell || cell.gathering) return;
    cell.gathering = true;
    try {
      const ran = await gatherCell(reply, cell.request.keep, shared);
      check(cell.request, ran.files.result);
      end(key)?.resolve(ran);
    } catch (error) { // an answer that is not what it says counts for nothing: the cell is run once more
      if (cell.damaged) return end(key)?.reject(error as Error);
      cell.damaged = true;
      tellOnce((error as Error).message);
      await again(key);
    } finally {
      cell.gathering = false;
    }
  }

  async function onFailed(key: string, reason: string): Promise<void> {
    if (!inFlight.has(key)) return;
    if (reason === GIVEN_UP) return await again(key); // by another submitter: here it is still waited for
    const job = await queue.getJob(key) as Job | undefined;
    end(key)?.reject(lostFailure(reason) ?? cellFailure(reason, job?.stacktrace ?? []));
  }

  /** Looks at a cell of which nothing is heard: it may have ended before, or be gone with a server's memory. */
  async function look(key: string, endedBefore: boolean): Promise<void> {
    const job = await queue.getJob(key) as Job | undefined;
    if (!inFlight.has(key)) return;
    if (!job) return await again(key);
    if (!job.finishedOn) return;
    if (!job.failedReason) return await onCompleted(key, job.returnvalue);
    if (endedBefore) return await again(key);
    await onFailed(key, job.failedReason);
  }

  const hear = (key: string) => {
    const cell = inFlight.get(key);
    if (cell) cell.heard = performance.now();
    return cell;
  };
  /** Says that nobody serves, each time that it comes to be so. */
  let served = false;
  async function lookForWorkers(): Promise<void> {
    const before = served;
    served = await queue.getWorkersCount() > 0;
    if (before && !served) {
      onNotice(`Nobody serves ${address.shown} now. What is not done waits for a worker.`);
    }
  }
  const settled = (work: Promise<void>) => void work.catch((error: Error) => tellOnce(error.message));
  events.on("completed", ({ jobId, returnvalue }) => settled(onCompleted(jobId, returnvalue)));
  events.on("failed", ({ jobId, failedReason }) => settled(onFailed(jobId, failedReason)));
  events.on("duplicated", ({ jobId }) => settled(look(jobId, true)));
  events.on("active", ({ jobId }) => {
    served = true;
    hear(jobId);
  });
  events.on("progress", ({ jobId, data }) => {
    const cell = hear(jobId), news = cellNewsSchema.safeParse(data);
    if (!cell || !news.success) return;
    if ("refused" in news.data) tellOnce(news.data.refused);
    else cell.onProgress(news.data.done, news.data.total);
  });
  const onAway = () => tellOnce(`The queue ${address.shown} is away; cells are gathered when it is back.`);
  queue.on("error", onAway);
  events.on("error", onAway);
  const looks = setInterval(() => {
    const before = performance.now() - LOOK_MS;
    const quiet = [...inFlight].filter(([, { heard }]) => heard < before);
    if (quiet.length > 0) settled(lookForWorkers());
    quiet.sort(([, a], [, b]) => a.heard - b.heard);
    for (const [key] of quiet.slice(0, LOOKED_AT)) {
      hear(key);
      settled(look(key, false));
    }
  }, LOOK_MS);
  /** Takes cells out of the queue, and tells workers of those that they are at. */
  async function takeOut(keys: readonly string[]): Promise<void> {
    const removed = await Promise.all(keys.map((key) => queue.remove(key)));
    const active = keys.filter((_, i) => removed[i] === 0);
    if (active.length === 0) return;
    const redis = new Redis(options.connection);
    await redis.publish(GIVE_UP, JSON.stringify(active));
    await endConnection(redis);
  }
  await Promise.all([queue.waitUntilReady(), events.waitUntilReady()]);

  return {
    workers: IN_FLIGHT,
    run: (request: CellRequest, onProgress) =>
      new Promise<Ran>((resolve, reject) => {
        const job = cellJob({ code, mark, request, ...place(request.key) });
        inFlight.set(request.key, {
          job,
          request,
          onProgress,
          resolve,
          reject,
          heard: performance.now(),
          gathering: false,
          damaged: false,
        });
        submit(job);
      }),
    serving: () => queue.getWorkersCount(),
    async giveUp() {
      const keys = [...inFlight.keys()];
      inFlight.clear();
      unsent = [];
      const patience = Promise.withResolvers<void>(), away = setTimeout(patience.resolve, GIVE_UP_MS);
      await Promise.race([takeOut(keys), patience.promise]);
      clearTimeout(away);
    },
    async close() {
      clearInterval(looks);
      await Promise.all([events.close(), queue.close()]);
    },
  };
}
