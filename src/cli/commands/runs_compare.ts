import { basename } from "node:path";
import { Command } from "@commander-js/extra-typings";
import { compareRuns } from "../../experiments/compare_runs.ts";
import { compareText } from "../../report/text/compare_text.ts";
import { say } from "../print.ts";
import { RUN_NAME, storedRun, withRuns } from "../stored_run.ts";

const EXAMPLES = `
Settings are shown where they differ. Of every strategy that both runs have, the annual Sharpe ratios on the bars of
both are shown with their difference, its standard error and 95% interval, which allow for the correlation of the two
and over time: Ledoit and Wolf's studentised bootstrap (2008), by which a run's headline is judged too. Two runs are one market and two draws: a claim needs many.

Examples:
  deno task popagent runs compare 3f2a 77c0
  deno task popagent runs compare population-s1 population-s2
  deno task popagent runs compare latest data/elsewhere/population-s1-0123456789 --json`;

/** popagent runs compare: two runs side by side. */
export function runsCompareCommand() {
  return withRuns(
    new Command("compare").argument("<first>", RUN_NAME).argument("<second>", "the run it is compared with"),
  )
    .description("Compare two runs: settings that differ, paired differences of results")
    .option("--json", "print JSON instead of text")
    .addHelpText("after", EXAMPLES)
    .action(async (first, second, flags) => {
      const a = await storedRun(flags.runs, first);
      const b = await storedRun(flags.runs, second);
      const comparison = compareRuns(a, b);
      const [left, right] = [a, b].map(({ directory, result }) => ({ id: basename(directory), result }));
      if (flags.json) say(JSON.stringify({ first: left!.id, second: right!.id, ...comparison }));
      else say(compareText(comparison, left!, right!));
    });
}
