import type { Desk } from "popagent/agents/desk.ts";
import type { PopulationRunConfig } from "popagent/experiments/config.ts";
import type { JobInput } from "popagent/experiments/jobs/job.ts";
import { noCheckpoints } from "popagent/experiments/ports/checkpoints.ts";
import { planRun } from "popagent/experiments/run_plan.ts";

/** What a job is given to run on the whole of a desk's market. */
export function jobInput(desk: Desk, config: PopulationRunConfig, given: Partial<JobInput> = {}): JobInput {
  return {
    plan: planRun(config, desk.market.panel),
    desk,
    checkpoints: noCheckpoints,
    iterations: [],
    proposals: {},
    onProgress: () => {},
    ...given,
  };
}
