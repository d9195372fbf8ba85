import { Command } from "@commander-js/extra-typings";
import { prunableRuns } from "../../adapters/runs/prune.ts";
import { collectRuns } from "../../adapters/runs/run_collection.ts";
import { runsTable } from "../../figures/runs_table.ts";
import { plainTable } from "../../report/text/plain_table.ts";
import { countOf } from "../counts.ts";
import { say } from "../print.ts";
import { withRuns } from "../stored_run.ts";

const EXAMPLES = `
Finished runs, the last finished first. Unfinished and damaged ones are named below them.

Examples:
  deno task popagent runs list
  deno task popagent runs list --last 5
  deno task popagent runs list --runs data/elsewhere --json`;

/** popagent runs list: the finished runs of a folder. */
export function runsListCommand() {
  return withRuns(new Command("list"))
    .description("List finished runs, the newest first")
    .option("--last <count>", "the newest so many")
    .option("--json", "print JSON instead of text")
    .addHelpText("after", EXAMPLES)
    .action(async (flags) => {
      const all = await collectRuns(flags.runs);
      const runs = flags.last === undefined ? all : all.slice(0, countOf(flags.last, "--last"));
      const others = await prunableRuns(flags.runs, null);
      if (flags.json) {
        const rows = runs.map((
          { id, sequence, startedAt, result: { command, seed, source, headline, strategies } },
        ) => ({
          id,
          sequence,
          startedAt,
          command,
          seed,
          source,
          headline,
          metrics: strategies.find(({ name }) => name === headline)!.metrics,
        }));
        return say(JSON.stringify({ runs: rows, others: others.map(({ path, why }) => ({ path, why })) }));
      }
      const { columns, rows } = runsTable(runs);
      const table = runs.length === 0 ? `No finished runs in ${flags.runs}.` : plainTable(
        columns.map(({ label, align }) => [label, align] as const),
        rows.map(({ cells }) => cells),
      );
      say([table, ...others.map(({ path, why }) => `Not in the list: ${path}: ${why}`)].join("\n"));
    });
}
