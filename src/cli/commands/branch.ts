import { Command } from "@commander-js/extra-typings";
import { UserError } from "../../core/user_error.ts";
import { branchRun } from "../../experiments/genealogy/branch.ts";
import { type Intervention, LEFT_OUT } from "../../experiments/genealogy/intervention.ts";
import { rolesNamed } from "../../experiments/genealogy/named_agents.ts";
import { openStoredPopulation } from "../../experiments/genealogy/stored_population.ts";
import { parseSeeds } from "../../experiments/seeds.ts";
import { branchTable } from "../../figures/branch.ts";
import { runWarnings } from "../../figures/headline.ts";
import { textTable } from "../../report/text/run_text.ts";
import { say } from "../print.ts";
import { createProgressView } from "../progress.ts";
import { loadStoredMarket, withStoredMarket } from "../stored_market.ts";
import { RUN_NAME, storedRun, withRuns } from "../stored_run.ts";

/** Bytes of series that the agents of a run may keep. */
const MEMO_BYTES = 256 * 2 ** 20;

const EXAMPLES = `
The population learns again, all as it was, but for what is left out in the iterations that are named. Everything up to
the end of the window of the first of them must come out as stored, bit for bit, or nothing is said; what differs after it
follows from what was left out. It takes as long as the run's population did. Iterations count from 0; where nothing was
learned, the error says where it was. One branch is one path and proves nothing by itself.

Examples:
  deno task popagent branch latest --without-transfer 10
  deno task popagent branch latest --without-mutation 10,20
  deno task popagent branch latest --without-learning 10-100 --role trader
  deno task popagent branch population-s1 --without-transfer 10 --json`;

/** popagent branch: the same run without something that it learned. */
export function branchCommand() {
  return withStoredMarket(withRuns(new Command("branch").argument("<run>", RUN_NAME)))
    .option("--without-transfer <iterations>", "leave the lessons of these out, such as 10 or 10,20-40")
    .option("--without-mutation <iterations>", "leave the mutants of these out")
    .option("--without-learning <iterations>", "leave both out")
    .option("--role <roles>", "with --without-learning: of these roles alone, parted by commas")
    .option("--quiet", "no progress")
    .option("--json", "print JSON instead of text")
    .addHelpText("after", EXAMPLES)
    .action(async (name, flags) => {
      const intervention = interventionIn(flags);
      const run = await storedRun(flags.runs, name);
      const market = await loadStoredMarket(run, flags, "branch");
      const view = createProgressView(flags.quiet === true);
      try {
        const branch = branchRun(
          openStoredPopulation(run, market, MEMO_BYTES),
          intervention,
          (done, total) => view.update("branch", done, total),
        );
        view.stop();
        if (flags.json) {
          const { leftOut, sameRows, distances, accounts } = branch;
          const ends = accounts.map(({ name, stored, branch }) => ({
            name,
            run: stored.at(-1),
            branch: branch.equity.at(-1),
          }));
          return say(JSON.stringify({ intervention, leftOut, sameRows, accounts: ends, distances }));
        }
        const warnings = runWarnings(run.result, []).map(({ text }) => `!! ${text}`);
        const table = branchTable(run.result, branch);
        say([...warnings.slice(0, 1), `${table.title}. ${table.caption}`, textTable(table)].join("\n"));
      } finally {
        view.stop();
      }
    });
}

/** What the flags leave out. @throws {UserError} If it is not one thing. */
function interventionIn(flags: {
  readonly withoutTransfer?: string | undefined;
  readonly withoutMutation?: string | undefined;
  readonly withoutLearning?: string | undefined;
  readonly role?: string | undefined;
}): Intervention {
  const given = [flags.withoutTransfer, flags.withoutMutation, flags.withoutLearning]
    .flatMap((text, i) => text === undefined ? [] : [{ without: LEFT_OUT[i]!, text }]);
  if (given.length !== 1) {
    throw new UserError(
      "Cannot branch as one thing must be left out: give --without-transfer, --without-mutation or --without-learning " +
        `with iterations; ${given.length} are given`,
    );
  }
  const { without, text } = given[0]!;
  const at = parseSeeds(text, "iterations");
  return {
    without,
    at,
    ...(flags.role === undefined
      ? {}
      : { roles: rolesNamed(flags.role.split(",").map((role) => role.trim())) }),
  };
}
