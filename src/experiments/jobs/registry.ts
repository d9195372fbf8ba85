import { homogeneousPbt } from "./homogeneous_pbt.ts";
import type { Job } from "./job.ts";
import { population } from "./population.ts";
import { randomSwitching } from "./random_switching.ts";
import { references } from "./references.ts";
import { selectionOnly } from "./selection_only.ts";
import { singleAgent } from "./single_agent.ts";

/**
 * The jobs of a population run; all but the population itself are its references. Their strategies stand in the
 * result table in this order. A job is added by a line here.
 */
export const JOBS = {
  population,
  selectionOnly,
  homogeneousPbt,
  singleAgent,
  randomSwitching,
  references,
} as const satisfies Readonly<Record<string, Job>>;
export type JobName = keyof typeof JOBS;
export const JOB_NAMES = Object.keys(JOBS) as JobName[];
