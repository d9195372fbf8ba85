import type { PopulationRunConfig } from "popagent/experiments/config.ts";
import type { RunIdentity } from "popagent/experiments/ports/run_store.ts";
import { planRun } from "popagent/experiments/run_plan.ts";
import { panel, smallConfig } from "../population/small_run.ts";

/** What a small population run is known by. */
export function identityOf(config: PopulationRunConfig = smallConfig(), rows = panel): RunIdentity {
  return { command: "population", plan: { ...planRun(config, panel), panel: rows } };
}

/** Facts of a run that took no time. */
export const FACTS = { trial: 1, startedAt: 0, finishedAt: 2500 };
