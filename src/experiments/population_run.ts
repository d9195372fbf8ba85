/** A population beside its references: which jobs make it, in which order, and what they add up to. */
import { assembleRun } from "./assemble.ts";
import type { PopulationRunConfig } from "./config.ts";
import { eventsOfType } from "../events/event.ts";
import { follows, iterationsOf } from "./jobs/job.ts";
import type { JobResult } from "./jobs/job_result.ts";
import { JOB_NAMES, type JobName, JOBS } from "./jobs/registry.ts";
import type { JobEarly, JobRequest, Jobs, LanguageRequest } from "./ports/jobs.ts";
import type { RunOutcome } from "./ports/run_store.ts";
import type { JobCost } from "./outlook.ts";
import type { RunPlan } from "./run_plan.ts";

/** What a population run is asked for. */
export interface PopulationRun {
  readonly plan: RunPlan<PopulationRunConfig>;
  /** Where checkpoints are kept; null keeps none, so that the run cannot be resumed. */
  readonly checkpoints: string | null;
  /** Results that another seed's run on this market has already, by job. */
  readonly shared: ReadonlyMap<JobName, JobResult>;
  readonly onProgress: (job: JobName, done: number, total: number) => void;
  readonly onEarly?: JobEarly;
  /** How language models are asked. */
  readonly language?: LanguageRequest | undefined;
}

/** What it leaves. */
export interface PopulationOutcome extends RunOutcome {
  /** Results to be handed to the next seed on the same market, by job. */
  readonly shared: ReadonlyMap<JobName, JobResult>;
}

/** Runs the population and, unless the configuration leaves them out, its references. */
export async function runPopulation(
  { plan, checkpoints, shared, onProgress, onEarly, language }: PopulationRun,
  jobs: Jobs,
): Promise<PopulationOutcome> {
  const { config, panel } = plan;
  const takeBack = jobs.offer(panel);
  const run = (job: JobName, after: Pick<JobRequest, "iterations" | "proposals" | "heard" | "along">) => {
    const request: JobRequest = {
      job,
      config,
      rowsHash: panel.hash,
      checkpoints,
      ...after,
      ...(language === undefined ? {} : { language }),
    };
    return shared.get(job) ?? jobs.run(request, (done, total) => onProgress(job, done, total), onEarly);
  };
  try {
    const along = config.references ? JOB_NAMES.filter((job) => JOBS[job].follower !== null) : [];
    const names = config.references
      ? startOrder().filter((job) => !along.includes(job))
      : ["population" as const];
    const alone = { iterations: [], proposals: {} };
    const population = Promise.resolve(run("population", { ...alone, along }));
    const results = await Promise.all(names.map(async (job) => {
      if (job === "population") return [job, await population] as const;
      const after = follows(JOBS[job], config) ? afterPopulation(await population) : alone;
      return [job, await run(job, after)] as const;
    }));
    return outcomeOfJobs(plan, new Map(results));
  } finally {
    takeBack();
  }
}

/** The jobs of a run that are given to workers, in the order they start, with what each costs. */
export function jobCosts(
  { references, population }: Pick<PopulationRunConfig, "references" | "population">,
): Map<JobName, JobCost> {
  const names = references
    ? startOrder().filter((job) => JOBS[job].follower === null)
    : ["population" as const];
  return new Map(names.map((job) => {
    const { learns, ...cost } = JOBS[job].cost;
    return [job, { ...cost, every: learns ? population.transferEvery : 1 }];
  }));
}

/** What a job that follows on the population is given of it. */
export function afterPopulation(
  population: JobResult,
): Pick<JobRequest, "iterations" | "proposals" | "heard"> {
  const { events, proposals, aside = [] } = population;
  const heard = [...eventsOfType(events, "thought"), ...aside];
  return { iterations: iterationsOf(population), proposals, ...(heard.length > 0 ? { heard } : {}) };
}

/** The population first, then what all seeds share (the field is the longest job), then the others. */
function startOrder(): JobName[] {
  const rank = (job: JobName) => job === "population" ? 0 : JOBS[job].sharedBySeeds ? 1 : 2;
  return [...JOB_NAMES].sort((a, b) => rank(a) - rank(b));
}

/** Puts the results of a population run's jobs together. */
export function outcomeOfJobs(
  plan: RunPlan<PopulationRunConfig>,
  results: ReadonlyMap<JobName, JobResult>,
): PopulationOutcome {
  const jobs = JOB_NAMES.flatMap((job) => results.get(job) ?? []);
  const { deploy: headline } = plan.config.population;
  return {
    ...assembleRun("population", plan, headline, jobs),
    findings: {},
    shared: new Map(
      [...results].filter(([job]) => JOBS[job].sharedBySeeds && !follows(JOBS[job], plan.config)),
    ),
  };
}
