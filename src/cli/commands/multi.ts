import { Command } from "@commander-js/extra-typings";
import { pipelineRunConfig } from "../../experiments/config.ts";
import { settingsOf } from "../config_options.ts";
import { pipelineSettings, runPipelineCommand, withPipelineFlags } from "../pipeline_command.ts";

const EXAMPLES = `
One analyst, researcher, trader and risk agent with declared parameters trade over the rows that a population
would report, beside buy and hold, volatility-targeted hold and time-series momentum. Nothing is drawn: --seed
names the run only; another synthetic market is --set market.seed=2.

Examples:
  deno task multi                                              the default pipeline, two synthetic years
  deno task multi --data data/bybit                            real bars; the last 12 months stay sealed
  deno task multi --analyst momentum --trader contrarian       another pipeline
  deno task multi --config configs/multi_asset.yaml --trades 20
  deno task multi --synthetic planted --ic 0.1                 a market whose edge is known`;

/** popagent multi: one pipeline on all coins, no learning. */
export function multiCommand() {
  return withPipelineFlags(new Command("multi"))
    .option("--iterations <count>", "stop where a population would after this many iterations")
    .addHelpText("after", EXAMPLES)
    .action(async (flags) => {
      const settings = await settingsOf(flags, [
        ...pipelineSettings(flags),
        ["iterations", flags.iterations, "--iterations"],
      ]);
      await runPipelineCommand("multi", pipelineRunConfig(settings), flags);
    });
}
