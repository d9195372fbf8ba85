import { Command } from "@commander-js/extra-typings";
import { UserError } from "../../core/user_error.ts";
import { agentsNamed, rolesNamed } from "../../experiments/genealogy/named_agents.ts";
import { nichesOf } from "../../experiments/genealogy/niches.ts";
import { replaySchedule } from "../../experiments/genealogy/replay_schedule.ts";
import { REGIME_KINDS } from "../../experiments/genealogy/specialists.ts";
import { openStoredPopulation } from "../../experiments/genealogy/stored_population.ts";
import { runWarnings } from "../../figures/headline.ts";
import { nichesTable } from "../../figures/niches_table.ts";
import { replayTable } from "../../figures/replay.ts";
import { marketRegimes } from "../../market/regimes.ts";
import { textTable } from "../../report/text/run_text.ts";
import { chosen } from "../chosen.ts";
import { say } from "../print.ts";
import { loadStoredMarket, withStoredMarket } from "../stored_market.ts";
import { RUN_NAME, storedRun, withRuns } from "../stored_run.ts";

/** Bytes of series that the agents of a run may keep. */
const MEMO_BYTES = 256 * 2 ** 20;

const EXAMPLES = `
The winner is the last champion, or the agents that --agent names. Its genes are followed back through the run, to a
teacher where it was copied whole, and one agent trades them iteration by iteration: the schedule that learning found,
without a population around it (Jaderberg et al. 2017). Beside it trade the winner's first genes, never changed, and its
last genes all along, and first of all the champion as it traded, whose equity must come out as stored, bit for bit. All
but the champion is hindsight: who would win was known at the end alone.

Examples:
  deno task popagent replay latest
  deno task popagent replay latest --role trader        only the trader follows; the others keep their first genes
  deno task popagent replay latest --agent trader=momentum,risk=strict
  deno task popagent replay latest --niches trend       specialists in their own regime and in another's
  deno task popagent replay population-s1 --json`;

/** popagent replay: a winner's schedule on a single agent. */
export function replayCommand() {
  return withStoredMarket(withRuns(new Command("replay").argument("<run>", RUN_NAME)))
    .option("--role <roles>", "roles that follow the schedule, parted by commas; all if left out")
    .option("--agent <names>", "whose schedule, such as trader=momentum,risk=0: variant or place, by role")
    .option(
      "--niches <kind>",
      "instead, trade the second half by specialists of the first: trend or volatility",
    )
    .option("--json", "print JSON instead of text")
    .addHelpText("after", EXAMPLES)
    .action(async (name, flags) => {
      const run = await storedRun(flags.runs, name);
      const population = openStoredPopulation(run, await loadStoredMarket(run, flags, "replay"), MEMO_BYTES);
      const warnings = runWarnings(run.result, []).map(({ text }) => `!! ${text}`);
      if (flags.niches !== undefined) {
        const [kind] = chosen(flags.niches, REGIME_KINDS, "--niches");
        const agents = run.tables.agents as Readonly<Record<string, Float64Array>> | undefined;
        if (!agents) throw new UserError("Cannot look for niches as the run must have a table of agents");
        const found = nichesOf(population, agents, marketRegimes(population.plan.panel), kind);
        if (flags.json) {
          const { specialists, accounts, estimate } = found;
          const ends = accounts.map(({ name, metrics }) => ({ name, metrics }));
          return say(JSON.stringify({ kind, specialists, accounts: ends, estimate }));
        }
        const table = nichesTable(run.result, found);
        return say([...warnings.slice(0, 1), table.caption, textTable(table)].join("\n"));
      }
      const replay = replaySchedule(population, {
        agents: agentsNamed(population.iterations.at(-1)!, namesIn(flags.agent)),
        ...(flags.role === undefined ? {} : { roles: rolesNamed(partsOf(flags.role)) }),
      });
      if (flags.json) {
        const { winner, roles, lineages } = replay;
        const schedules = replay.schedules.map(({ name, metrics, changes }) => ({ name, changes, metrics }));
        return say(JSON.stringify({ winner, roles, lineages, schedules }));
      }
      const table = replayTable(run.result, replay);
      say([...warnings.slice(0, 1), table.caption, textTable(table)].join("\n"));
    });
}

/** "trader=momentum,risk=0" by role. */
function namesIn(text: string | undefined): Record<string, string> {
  return Object.fromEntries(
    partsOf(text).map((part) => {
      const [role, name, ...rest] = part.split("=");
      if (role && name && rest.length === 0) return [role, name];
      throw new UserError(
        `Cannot read --agent as it must be role=agent, parted by commas: current value is ${text}`,
      );
    }),
  );
}

function partsOf(text: string | undefined): string[] {
  return (text ?? "").split(",").map((part) => part.trim()).filter((part) => part !== "");
}
