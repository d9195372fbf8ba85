import { Command } from "@commander-js/extra-typings";
import { runsCompareCommand } from "./runs_compare.ts";
import { runsListCommand } from "./runs_list.ts";
import { runsPruneCommand } from "./runs_prune.ts";
import { runsShowCommand } from "./runs_show.ts";

const EXAMPLES = `
A run is called by its id, by any beginning of it or of the hash at its end that no other run has, or latest. Ids
stay: the hash is of the settings and the rows, so that the same run, run again, has the same id and takes its place.

Examples:
  deno task popagent runs list                  what has been run
  deno task popagent runs show latest           settings, origin and result of the last
  deno task popagent runs compare 3f2a 77c0     what differs in settings and results
  deno task popagent runs prune                 what could go; nothing goes without --yes
  deno task popagent runs compare --help        everything a command takes`;

/** popagent runs: finished runs as a collection. */
export function runsCommand() {
  return new Command("runs")
    .description("Look at finished runs: list, show, compare, prune")
    .addCommand(runsListCommand())
    .addCommand(runsShowCommand())
    .addCommand(runsCompareCommand())
    .addCommand(runsPruneCommand())
    .addHelpText("after", EXAMPLES);
}
