/// <reference lib="deno.worker" />
/** Runs jobs one after another in a Web Worker. The desk is kept between jobs of one market, with its shared series. */
import type { Desk } from "../agents/desk.ts";
import type { RunConfig } from "../experiments/config.ts";
import { type JobInput, type JobName, type JobResult, JOBS, placebo } from "../experiments/jobs.ts";
import { createDesk } from "../experiments/market.ts";
import type { Panel } from "../market/panel.ts";
import type { IterationEvent } from "../population/events.ts";
import { checkpointFiles, memoryCheckpoints } from "./checkpoint_files.ts";

/** What a worker is asked to do. */
export interface JobRequest {
  readonly job: JobName | "placebo";
  readonly config: RunConfig;
  readonly panel: Panel;
  readonly memoBytes: number;
  /** Folder of checkpoints; null keeps none. */
  readonly checkpoints: string | null;
  /** The population's iterations, for the placebo; empty otherwise. */
  readonly events: readonly IterationEvent[];
}

/** What a worker answers: progress any number of times, then a result or an error. */
export type JobReply =
  | { readonly kind: "progress"; readonly done: number; readonly total: number }
  | { readonly kind: "result"; readonly result: JobResult }
  | { readonly kind: "error"; readonly name: string; readonly message: string; readonly stack: string };

let kept: { readonly key: string; readonly desk: Desk } | null = null;

function deskFor({ panel, config, memoBytes }: JobRequest): Desk {
  const { costs, coins, clock, startingEquity } = config;
  const key = JSON.stringify([panel.hash, costs, coins, clock, startingEquity]);
  if (kept?.key !== key) kept = { key, desk: createDesk(panel, config, memoBytes) };
  return kept.desk;
}

function run(request: JobRequest): JobResult {
  const input: JobInput = {
    desk: deskFor(request),
    config: request.config,
    checkpoints: request.checkpoints ? checkpointFiles(request.checkpoints) : memoryCheckpoints(),
    onProgress: (done, total) => reply({ kind: "progress", done, total }),
  };
  return request.job === "placebo" ? placebo(input, request.events) : JOBS[request.job](input);
}

function reply(message: JobReply): void {
  self.postMessage(message);
}

self.onmessage = ({ data }: MessageEvent<JobRequest>) => {
  try {
    reply({ kind: "result", result: run(data) });
  } catch (error) {
    const { name, message, stack = "" } = error instanceof Error ? error : new Error(String(error));
    reply({ kind: "error", name, message, stack });
  }
};
