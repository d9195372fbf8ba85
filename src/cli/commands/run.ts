import { Command } from "@commander-js/extra-typings";
import { UserError } from "../../core/user_error.ts";
import { DECLARED_COINS } from "../../core/universe.ts";
import { pipelineRunConfig } from "../../experiments/config.ts";
import { tradedCoins } from "../../experiments/market.ts";
import { checkedOf } from "../config_options.ts";
import { pipelineSettings, runPipelineCommand, withPipelineFlags } from "../pipeline_command.ts";

const EXAMPLES = `
One analyst, researcher, trader and risk agent with declared parameters trade one coin and see no other: its CSV is
all that is needed, and the cross-asset signals are absent. Name the coins to be looked at beside it and they are
there. Passive references trade the same coin. Nothing is drawn: --seed names the run only; another synthetic
market is --set market.seed=2.

Examples:
  deno task run --coin BTC                                     the default pipeline, two synthetic years
  deno task run --coin SOL --data data/bybit                   real bars; the last 12 months stay sealed
  deno task run --config configs/single/eth.yaml --trades 20   from a file, with its last 20 fills
  deno task run --coin XRP --researcher quantile --risk strict another pipeline
  deno task run --coin ETH --set universe.coins=[BTC,ETH,SOL]  with signals of the three coins`;

/** popagent run: one pipeline, one coin, no learning. */
export function runCommand() {
  return withPipelineFlags(new Command("run"))
    .option("--coin <coin>", `the coin that is traded, e.g. ${DECLARED_COINS.join(", ")}`)
    .option("--iterations <count>", "stop where a population would after this many iterations")
    .addHelpText("after", EXAMPLES)
    .action(async (flags) => {
      const { settings, origins } = await checkedOf(flags, [
        ...pipelineSettings(flags),
        ["coins", flags.coin, "--coin"],
        ["iterations", flags.iterations, "--iterations"],
      ]);
      const asked = pipelineRunConfig(settings);
      const coins = tradedCoins(asked);
      if (coins.length !== 1) {
        throw new UserError(
          `Cannot run on one coin as coins must name exactly one: current value is ${coins.join(", ")}. ` +
            `Give --coin BTC or --config configs/single/btc.yaml; for several coins there is multi.`,
        );
      }
      const stated = [...origins.keys()].some((path) => path.startsWith("universe.coins"));
      const config = stated ? asked : { ...asked, universe: { ...asked.universe, coins: [...coins] } };
      await runPipelineCommand("run", config, flags);
    });
}
