import { Command } from "@commander-js/extra-typings";
import { dataCheckCommand } from "./data_check.ts";
import { dataDescribeCommand } from "./data_describe.ts";
import { dataFactsCommand } from "./data_facts.ts";
import { dataFeaturesCommand } from "./data_features.ts";
import { dataSyntheticCommand } from "./data_synthetic.ts";

const EXAMPLES = `
Examples:
  deno task popagent data check --data data/bybit       is anything odd about the bars?
  deno task popagent data describe                      what do they look like?
  deno task popagent data facts                         is the synthetic market like them?
  deno task popagent data features                      indicators and signals as Parquet
  deno task popagent data synthetic --out data/synthetic
  deno task popagent data check --help                  everything a command takes`;

/** popagent data: commands that look at bars or make them. */
export function dataCommand() {
  return new Command("data")
    .description("Look at bars or make them: check, describe, facts, features, synthetic")
    .addCommand(dataCheckCommand())
    .addCommand(dataDescribeCommand())
    .addCommand(dataFactsCommand())
    .addCommand(dataFeaturesCommand())
    .addCommand(dataSyntheticCommand())
    .addHelpText("after", EXAMPLES);
}
