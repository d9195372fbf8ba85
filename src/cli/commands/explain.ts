import { Command } from "@commander-js/extra-typings";
import { explainedAccount, explainRun } from "../../experiments/explain/explain_run.ts";
import { runWarnings } from "../../figures/headline.ts";
import { explainText } from "../../report/text/explain_text.ts";
import { parseCoins, parseInstant } from "../instants.ts";
import { say } from "../print.ts";
import { loadStoredMarket } from "../stored_market.ts";
import { RUN_NAME, storedRun, withRuns } from "../stored_run.ts";

/** Bytes of series that the agents of a run may keep. */
const MEMO_BYTES = 256 * 2 ** 20;

const EXAMPLES = `
From the fill down to what it came from: the fill, the verdict of the risk rules, the plan, what the risk checks
say of it and why, the forecast, the analyst's readings, the team and its genes, each with its numbers; of a
committee its teams' wishes too. Nothing of it is stored: the strategy's agents (the champion of a population, the
pipeline of another run, or whom --strategy names) are made anew and trade the same bars again. The rows must have
the hash that the run had, and the equity must come out as stored, bit for bit, or nothing is said. --time is the
open of a bar or any instant in it, UTC.
What the run did not record, as the genomes of the single agent or of selection only, is learned again up to the
bar: that takes a part of the time that the run took. Strategies without agents say so.

Examples:
  deno task popagent explain latest --time "2023-01-05 08:00" --coin SOL
  deno task popagent explain population-s1 --time 2023-01-05 --coin BTC --json
  deno task popagent explain latest --time 2023-01-05 --coin BTC --strategy committee
  deno task popagent explain 3f2a --time 2024-03-01 --coin ETH --data data/bybit`;

/** popagent explain: why a run did what it did on one bar. */
export function explainCommand() {
  return withRuns(new Command("explain").argument("<run>", RUN_NAME))
    .requiredOption("--time <time>", "the open of a bar, or an instant in it, UTC")
    .requiredOption("--coin <coin>", "the coin")
    .option(
      "--strategy <name>",
      "whose account: champion, committee, singleAgent ...; the headline's if left out, the champion's where all teams are mirrored",
    )
    .option("--extensions <paths>", "where the run's modules of one's own lie now, parted by commas")
    .option("-d, --data <folder>", "where the run's bars are now, if they were moved")
    .option(
      "--opening <id>",
      "see the sealed months again that the run opened, by this opening (holdout open); it is logged",
    )
    .option("--json", "print JSON instead of text")
    .addHelpText("after", EXAMPLES)
    .action(async (name, flags) => {
      const time = parseInstant(flags.time, "--time");
      const [coin] = parseCoins(flags.coin, "--coin");
      const run = await storedRun(flags.runs, name);
      const market = await loadStoredMarket(run, flags, "explain");
      const { result } = run, strategy = flags.strategy ?? explainedAccount(result);
      const explanation = explainRun(run, market, time, coin!, MEMO_BYTES, strategy);
      if (flags.json) return say(JSON.stringify(explanation));
      const warnings = runWarnings(result, []).map(({ text }) => `!! ${text}`);
      const other = flags.strategy === undefined && strategy !== result.headline
        ? [`The headline, ${result.headline}, nets the accounts of all teams; this is the ${strategy}'s bar.`]
        : [];
      say([...warnings.slice(0, 1), ...other, explainText(explanation)].join("\n"));
    });
}
