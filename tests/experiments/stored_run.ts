import { join } from "node:path";
import { writeRun } from "popagent/adapters/runs/run_files.ts";
import type { PopulationRunConfig } from "popagent/experiments/config.ts";
import type { JobResult } from "popagent/experiments/jobs/job_result.ts";
import { JOB_NAMES, type JobName, JOBS } from "popagent/experiments/jobs/registry.ts";
import { createDesk } from "popagent/experiments/market.ts";
import {
  afterPopulation,
  outcomeOfJobs,
  type PopulationOutcome,
} from "popagent/experiments/population_run.ts";
import { planRun } from "popagent/experiments/run_plan.ts";
import { createRunFixture } from "../fixtures/run_fixture.ts";
import { panel, smallConfig } from "../population/small_run.ts";
import { jobInput } from "./job_input.ts";

/** A small population run with its references, whose first reported row comes after some history. */
export const storedConfig: PopulationRunConfig = {
  ...smallConfig({ transferEvery: 1 }),
  clock: { ...smallConfig().clock, reportFrom: 440 },
  iterations: 5,
};

/** All its jobs, one after another in this process. */
export async function makeOutcome(config = storedConfig): Promise<PopulationOutcome> {
  const plan = planRun(config, panel);
  const input = jobInput(createDesk(plan.panel, config, 2 ** 28), config);
  const population = await JOBS.population.run(input);
  const results = new Map<JobName, JobResult>([["population", population]]);
  for (const name of JOB_NAMES) {
    if (name !== "population") {
      results.set(name, await JOBS[name].run({ ...input, ...afterPopulation(population) }));
    }
  }
  return outcomeOfJobs(plan, results);
}

/** Stores an outcome in a folder of its own, hands it over and removes it. */
export async function withStored(
  outcome: PopulationOutcome,
  body: (folder: string) => Promise<void>,
): Promise<void> {
  const root = await Deno.makeTempDir();
  const folder = join(root, "run");
  try {
    await writeRun(folder, outcome, createRunFixture({ iterations: 1 }).provenance);
    await body(folder);
  } finally {
    await Deno.remove(root, { recursive: true });
  }
}
