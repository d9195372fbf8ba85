/** One cell, from its rows to what it leaves. */
import type { Desk } from "../../agents/desk.ts";
import { assembleRun } from "../assemble.ts";
import type { PopulationRunConfig } from "../config.ts";
import { follows, type OpenModel } from "../jobs/job.ts";
import type { JobResult } from "../jobs/job_result.ts";
import { type JobName, JOBS } from "../jobs/registry.ts";
import { afterPopulation } from "../population_run.ts";
import type { CellOutcome, CellRequest } from "../ports/cells.ts";
import type { Checkpoints } from "../ports/checkpoints.ts";
import type { JobProgress } from "../ports/jobs.ts";
import type { RunPlan } from "../run_plan.ts";
import type { StrategyName } from "../strategies.ts";

/** What a cell is run with. */
export interface CellInput {
  readonly plan: RunPlan<PopulationRunConfig>;
  readonly desk: Desk;
  readonly checkpoints: Checkpoints;
  readonly onProgress: JobProgress;
  /** Opens the model that language traders ask. */
  readonly openModel?: OpenModel;
}

/** Runs a cell's jobs one after another and puts together what they gave. */
export async function runCell(
  { jobs, keep }: Pick<CellRequest, "jobs" | "keep">,
  { plan, desk, checkpoints, onProgress, openModel }: CellInput,
): Promise<CellOutcome> {
  const results = new Map<JobName, JobResult>();
  // what can follow on the population does so beside it, on the series that its agents have just made
  const along = jobs.includes("population") ? jobs.filter((job) => JOBS[job].follower !== null) : [];
  for (const job of jobs.filter((one) => !along.includes(one))) {
    const population = results.get("population");
    const after = population && follows(JOBS[job], plan.config)
      ? afterPopulation(population)
      : { iterations: [], proposals: {} };
    const followers = job === "population" ? along.map((one) => JOBS[one].follower!({ plan, desk })) : [];
    results.set(
      job,
      await JOBS[job].run({
        plan,
        desk,
        checkpoints,
        onProgress,
        followers,
        ...(openModel === undefined ? {} : { openModel }),
        ...after,
      }),
    );
  }
  const first = results.get(jobs[0]!)!.strategies[0]!.name as StrategyName;
  const headline = jobs.includes("population") ? plan.config.population.deploy : first;
  const { result, series, events } = assembleRun("population", plan, headline, [...results.values()]);
  return {
    result,
    series: keep.includes("series") ? series : null,
    events: keep.includes("events") ? events : null,
  };
}
