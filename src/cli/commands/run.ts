import { Command } from "@commander-js/extra-typings";
import { UserError } from "../../core/user_error.ts";
import { DECLARED_COINS } from "../../core/universe.ts";
import { pipelineRunConfig } from "../../experiments/config.ts";
import { tradedCoins } from "../../experiments/market.ts";
import { settingsOf } from "../config_options.ts";
import { pipelineSettings, runPipelineCommand, withPipelineFlags } from "../pipeline_command.ts";

const EXAMPLES = `
One analyst, researcher, trader and risk agent with declared parameters trade one coin; the others are
looked at only. Passive references trade the same coin. Nothing is drawn: --seed names the run only; another
synthetic market is --set market.seed=2.

Examples:
  deno task run --coin BTC                                     the default pipeline, two synthetic years
  deno task run --coin SOL --data data/bybit                   real bars; the last 12 months stay sealed
  deno task run --config configs/single/eth.yaml --trades 20   from a file, with its last 20 fills
  deno task run --coin XRP --researcher quantile --risk strict another pipeline`;

/** popagent run: one pipeline, one coin, no learning. */
export function runCommand() {
  return withPipelineFlags(new Command("run"))
    .description("Trade one pipeline on one coin, no learning")
    .option("--coin <coin>", `the coin that is traded, e.g. ${DECLARED_COINS.join(", ")}`)
    .option("--iterations <count>", "stop where a population would after this many iterations")
    .addHelpText("after", EXAMPLES)
    .action(async (flags) => {
      const settings = await settingsOf(flags, [
        ...pipelineSettings(flags),
        ["coins", flags.coin, "--coin"],
        ["iterations", flags.iterations, "--iterations"],
      ]);
      const config = pipelineRunConfig(settings);
      const coins = tradedCoins(config);
      if (coins.length !== 1) {
        throw new UserError(
          `Cannot run on one coin as coins must name exactly one: current value is ${coins.join(", ")}. ` +
            `Give --coin BTC or --config configs/single/btc.yaml; for several coins there is multi.`,
        );
      }
      await runPipelineCommand("run", config, flags);
    });
}
