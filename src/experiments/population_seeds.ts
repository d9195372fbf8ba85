/** One population run after another on the same market, each under its own seed. */
import type { PopulationRunConfig } from "./config.ts";
import type { EarlyResult } from "./jobs/job.ts";
import type { JobResult } from "./jobs/job_result.ts";
import type { JobName } from "./jobs/registry.ts";
import type { Jobs, LanguageRequest } from "./ports/jobs.ts";
import type { RunIdentity } from "./ports/run_store.ts";
import { runPopulation } from "./population_run.ts";
import type { RunResult, RunSeries } from "./result.ts";
import { keepRun, type RunServices } from "./run.ts";
import type { RunPlan } from "./run_plan.ts";

/** What is asked for. */
export interface PopulationSeeds {
  readonly plan: RunPlan<PopulationRunConfig>;
  readonly seeds: readonly number[];
  /** True to go on where a kill stopped: of several seeds it leaves some finished, some under way, some not begun. */
  readonly resume: boolean;
  readonly onProgress: (seed: number, job: JobName, done: number, total: number) => void;
  readonly onEarly?: (seed: number, early: EarlyResult) => void;
  /** How language models are asked. */
  readonly language?: LanguageRequest | undefined;
}

/** What one seed left. */
export interface SeedRun {
  readonly result: RunResult;
  readonly series: RunSeries;
  /** Where its report is. */
  readonly report: string;
  /** True for a run that was finished before and was not run again. */
  readonly before: boolean;
}

/** Runs the seeds in their order; what does not depend on the seed is worked out once. */
export async function runPopulationSeeds(
  { plan, seeds, resume, onProgress, onEarly, language }: PopulationSeeds,
  jobs: Jobs,
  services: RunServices,
): Promise<SeedRun[]> {
  const done: SeedRun[] = [];
  let shared: ReadonlyMap<JobName, JobResult> = new Map();
  for (const seed of seeds) {
    const seeded = { ...plan, config: { ...plan.config, seed } };
    const identity: RunIdentity = { command: "population", plan: seeded };
    const stage = resume ? await services.runs.stage(identity) : null;
    if (stage === "finished") {
      done.push({ ...await services.runs.result(identity), before: true });
      continue;
    }
    const { outcome, report } = await keepRun(
      identity,
      { checkpoints: true, resume: resume && (stage === "unfinished" || seeds.length === 1) },
      services,
      ({ checkpoints }) =>
        runPopulation({
          plan: seeded,
          checkpoints,
          shared,
          language,
          onEarly: (early) => onEarly?.(seed, early),
          onProgress: (job, count, total) => onProgress(seed, job, count, total),
        }, jobs),
    );
    shared = outcome.shared;
    done.push({ result: outcome.result, series: outcome.series, report, before: false });
  }
  return done;
}
