/// <reference lib="deno.worker" />
/** Runs jobs one after another in a Web Worker. The desk is kept between jobs of one market, with its shared series. */
import type { EarlyResult } from "../../experiments/jobs/job.ts";
import type { JobResult } from "../../experiments/jobs/job_result.ts";
import { JOBS } from "../../experiments/jobs/registry.ts";
import { noCheckpoints } from "../../experiments/ports/checkpoints.ts";
import type { JobRequest } from "../../experiments/ports/jobs.ts";
import { UserError } from "../../core/user_error.ts";
import { planRun } from "../../experiments/run_plan.ts";
import type { Panel } from "../../market/panel.ts";
import { asUserError } from "../files/system_error.ts";
import { checkpointFiles } from "../runs/checkpoint_files.ts";
import { loadRows } from "../bars/load_market.ts";
import { keptDesk } from "./kept_desk.ts";

/** What a worker of a pool is handed. */
export interface WorkerTask {
  readonly request: JobRequest;
  /** The rows, where they are at hand; else the worker loads them. */
  readonly rows: Panel | null;
  readonly memoBytes: number;
  /** Modules of one's own, by path, in the order of the configuration's `extensions`. */
  readonly extensions: readonly string[];
}

/** What a worker answers: progress any number of times, then a result or an error. */
export type WorkerReply =
  | { readonly kind: "progress"; readonly done: number; readonly total: number }
  | { readonly kind: "early"; readonly early: EarlyResult }
  | { readonly kind: "result"; readonly result: JobResult }
  | { readonly kind: "error"; readonly name: string; readonly message: string; readonly stack: string };

/** A name, not written out where it is imported: Deno would read all that it imports before the worker starts. */
const EXTENSIONS = "../extensions/load_extensions.ts";
const LANGUAGE = "../llm/open_asked.ts";
/** Of `#` and the hash at the end of an extension's stamp. */
const HASH_LENGTH = 65;

async function run({ request, rows, memoBytes, extensions }: WorkerTask): Promise<JobResult> {
  const { job, config, rowsHash, checkpoints, iterations, proposals, heard, along = [], language } = request;
  if (extensions.length > 0) { // what they may declare, figures among it, is loaded with them
    const { loadExtensions } = await import(EXTENSIONS) as typeof import("../extensions/load_extensions.ts");
    // as the configuration has them: a file that was edited since is refused
    await loadExtensions(extensions.map((path, i) => `${path}${config.extensions[i]!.slice(-HASH_LENGTH)}`));
  }
  const plan = planRun(config, rows ?? await loadRows(config));
  if (plan.panel.hash !== rowsHash) {
    throw new RangeError(
      `Cannot run the job ${job} as its rows must have the hash ${rowsHash}: those that its configuration names ` +
        `have ${plan.panel.hash}`,
    );
  }
  const desk = await keptDesk(plan, memoBytes);
  return await JOBS[job].run({
    plan,
    desk,
    followers: along.flatMap((name) => JOBS[name].follower?.({ plan, desk }) ?? []),
    checkpoints: checkpoints === null ? noCheckpoints : checkpointFiles(checkpoints),
    iterations,
    proposals,
    ...(heard === undefined ? {} : { heard }),
    openModel: async (one) => {
      const { openAsked } = await import(LANGUAGE) as typeof import("../llm/open_asked.ts");
      return await openAsked(one, language);
    },
    onEarly: (early) => reply({ kind: "early", early }),
    onProgress: (done, total) => reply({ kind: "progress", done, total }),
  });
}

function reply(message: WorkerReply): void {
  self.postMessage(message);
}

self.onmessage = async ({ data }: MessageEvent<WorkerTask>) => {
  try {
    reply({ kind: "result", result: await run(data) });
  } catch (error) {
    const shown = asUserError(error) ?? error; // here, where the system's error still is one
    const { name, message, stack = "" } = shown instanceof Error ? shown : new Error(String(shown));
    reply({ kind: "error", name: shown instanceof UserError ? "UserError" : name, message, stack });
  }
};
