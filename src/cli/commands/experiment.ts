import { Command } from "@commander-js/extra-typings";
import { experimentCompareCommand } from "./experiment_compare.ts";
import { experimentExportCommand } from "./experiment_export.ts";
import { experimentMergeCommand } from "./experiment_merge.ts";
import { experimentPlanCommand } from "./experiment_plan.ts";
import { experimentRunCommand } from "./experiment_run.ts";
import { experimentShardCommand } from "./experiment_shard.ts";
import { experimentStatusCommand } from "./experiment_status.ts";
import { experimentSummaryCommand } from "./experiment_summary.ts";
import { experimentVerifyCommand } from "./experiment_verify.ts";

const EXAMPLES = `
Examples:
  deno task experiment plan configs/experiments/smoke.yaml      what would be run, and for how long?
  deno task experiment run configs/experiments/smoke.yaml       run it; the same command goes on after a kill
  deno task experiment status                                   how far is it?
  deno task experiment summary evidence_smoke                   what does it show, claim by claim?
  deno task experiment run --help                               everything a command takes`;

/** popagent experiment: grids of runs. */
export function experimentCommand() {
  return new Command("experiment")
    .addCommand(experimentPlanCommand())
    .addCommand(experimentRunCommand())
    .addCommand(experimentStatusCommand())
    .addCommand(experimentCompareCommand())
    .addCommand(experimentSummaryCommand())
    .addCommand(experimentExportCommand())
    .addCommand(experimentVerifyCommand())
    .addCommand(experimentShardCommand())
    .addCommand(experimentMergeCommand())
    .addHelpText("after", EXAMPLES);
}
