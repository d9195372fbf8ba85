import type { IterationEvent } from "../../events/iteration.ts";
import type { ThoughtEvent } from "../../events/thought.ts";
import type { Proposals } from "../../inventory/trader/proposal.ts";
import type { Panel } from "../../market/panel.ts";
import type { PopulationRunConfig } from "../config.ts";
import type { EarlyResult } from "../jobs/job.ts";
import type { JobResult } from "../jobs/job_result.ts";
import type { JobName } from "../jobs/registry.ts";

/**
 * What a worker is asked to do: plain data, so that a queue can carry it. Whoever takes it loads the rows that the
 * configuration names, and refuses to run on rows of another hash.
 */
export interface JobRequest {
  readonly job: JobName;
  readonly config: PopulationRunConfig;
  /** Hash of the rows that the run reads, up to the end of its last iteration. */
  readonly rowsHash: string;
  /** Where the job's learners keep their checkpoints; null keeps none. */
  readonly checkpoints: string | null;
  /** Iterations of the population, for jobs that follow on it; empty for the others. */
  readonly iterations: readonly IterationEvent[];
  /** What the population was told from outside; empty for jobs that do not follow on it. */
  readonly proposals: Proposals;
  /** What the population's language models were asked, for jobs that hear it; left out where nobody asks. */
  readonly heard?: readonly ThoughtEvent[];
  /** Jobs that follow on the population and that its own job does along the way; left out, none. */
  readonly along?: readonly JobName[];
  /** How language models are asked; left out, from what is recorded in the usual place. No number depends on it. */
  readonly language?: LanguageRequest;
}

/** How language models are asked: plain data, read by the adapter that opens them. */
export interface LanguageRequest {
  /** `replay`, `record`, `live` or `offline`. */
  readonly cassettes: "replay" | "record" | "live" | "offline";
  /** The folder of cassettes. */
  readonly folder: string;
  /** The table of models. */
  readonly models: string;
}

/** Told how far a job is. */
export type JobProgress = (done: number, total: number) => void;

/** Told of results that stand before a job ends. */
export type JobEarly = (early: EarlyResult) => void;

/** Port: runs jobs, somewhere. Results do not depend on where, in which order or on how many workers. */
export interface Jobs {
  /** How many jobs run at a time. */
  readonly workers: number;
  /** Queues a job; resolves with its result. Jobs start in the order in which they are queued. */
  run(request: JobRequest, onProgress: JobProgress, onEarly?: JobEarly): Promise<JobResult>;
  /**
   * Hands over rows that are at hand, so that workers of this machine need not load them.
   *
   * @returns A function that takes them back.
   */
  offer(panel: Panel): () => void;
}
