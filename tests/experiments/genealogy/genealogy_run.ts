/** A small stored population, its population's job alone, as `openStoredPopulation` opens it. */
import type { ExplainedRun } from "popagent/experiments/explain/explain_run.ts";
import {
  openStoredPopulation,
  type StoredPopulation,
} from "popagent/experiments/genealogy/stored_population.ts";
import { JOBS } from "popagent/experiments/jobs/registry.ts";
import { createDesk } from "popagent/experiments/market.ts";
import { outcomeOfJobs } from "popagent/experiments/population_run.ts";
import { planRun } from "popagent/experiments/run_plan.ts";
import type { PopulationConfig } from "popagent/population/config.ts";
import { BUSY } from "../../population/busy_run.ts";
import { panel, smallConfig } from "../../population/small_run.ts";
import { jobInput } from "../job_input.ts";

export const MEMO = 2 ** 28;

/** The run as it would be read from its folder. */
export async function storedRun(population: Partial<PopulationConfig> = {}): Promise<ExplainedRun> {
  const small = smallConfig({ ...BUSY, ...population });
  const config = { ...small, iterations: 5, references: false, clock: { ...small.clock, reportFrom: 440 } };
  const plan = planRun(config, panel);
  const job = await JOBS.population.run(jobInput(createDesk(plan.panel, plan.config, MEMO), plan.config));
  return outcomeOfJobs(plan, new Map([["population", job]]));
}

export async function opened(population: Partial<PopulationConfig> = {}): Promise<StoredPopulation> {
  return openStoredPopulation(await storedRun(population), panel, MEMO);
}
