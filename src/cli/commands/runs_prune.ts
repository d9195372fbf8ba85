import { Command } from "@commander-js/extra-typings";
import { type Prunable, prunableRuns, pruneRuns } from "../../adapters/runs/prune.ts";
import { UserError } from "../../core/user_error.ts";
import { countOf } from "../counts.ts";
import { say } from "../print.ts";
import { withRuns } from "../stored_run.ts";

const EXAMPLES = `
Unfinished and damaged runs are what may go, and with --keep all finished ones but the newest. What would go is
shown; it goes with --yes, and cannot be brought back. A run that a process is at stays.

Examples:
  deno task popagent runs prune               what could go
  deno task popagent runs prune --yes         unfinished and damaged runs go
  deno task popagent runs prune --keep 20     what would go besides, were twenty to stay
  deno task popagent runs prune --keep 20 --yes`;

/** popagent runs prune: takes away runs that nobody needs. */
export function runsPruneCommand() {
  return withRuns(new Command("prune"))
    .description("Take away unfinished and damaged runs, or all but the newest; shows them first")
    .option("--keep <count>", "of the finished runs only the newest so many stay")
    .option("--yes", "take away what is shown")
    .addHelpText("after", EXAMPLES)
    .action(async (flags) => {
      const keep = flags.keep === undefined ? null : countOf(flags.keep, "--keep", 0);
      const runs = await prunableRuns(flags.runs, keep);
      if (runs.length === 0) return say(`Nothing in ${flags.runs} is to be pruned.`);
      say(runs.map(lineOf).join("\n"));
      const bytes = runs.reduce((sum, run) => sum + run.bytes, 0);
      if (!flags.yes) {
        return say(`${runs.length} runs, ${sizeText(bytes)}, would go. Nothing went: add --yes.`);
      }
      const pruned = await pruneRuns(flags.runs, runs);
      const stay = pruned.filter(({ stays }) => stays !== null);
      say(`${pruned.length - stay.length} of ${runs.length} runs are gone.`);
      if (stay.length > 0) {
        throw new UserError(stay.map(({ id, stays }) => `${id} stays: ${stays}`).join("\n"));
      }
    });
}

function lineOf({ id, why, bytes, heldBy }: Prunable): string {
  return `${id}: ${why}; ${sizeText(bytes)}${heldBy === null ? "" : `; ${heldBy} is at it`}`;
}

function sizeText(bytes: number): string {
  return bytes < 2 ** 20 ? `${Math.ceil(bytes / 1024)} kB` : `${(bytes / 2 ** 20).toFixed(1)} MB`;
}
