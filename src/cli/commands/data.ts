import { Command } from "@commander-js/extra-typings";
import { dataCheckCommand } from "./data_check.ts";
import { dataDescribeCommand } from "./data_describe.ts";
import { dataFactsCommand } from "./data_facts.ts";
import { dataFeaturesCommand } from "./data_features.ts";
import { dataFetchCommand } from "./data_fetch.ts";
import { dataImportCommand } from "./data_import.ts";
import { dataSyntheticCommand } from "./data_synthetic.ts";

const EXAMPLES = `
Examples:
  deno task popagent data check --data data/bybit       is anything odd about the bars?
  deno task popagent data describe                      what do they look like?
  deno task popagent data facts                         is the synthetic market like them?
  deno task popagent data features                      indicators and signals as Parquet
  deno task popagent data synthetic --out data/synthetic
  deno task fetch --from 2021-11-05                     real bars from Bybit, or what is new of them
  deno task popagent data import btc.csv --coin BTC     bars of another source
  deno task popagent data check --help                  everything a command takes`;

/** popagent data: commands that look at bars or make them. */
export function dataCommand() {
  return new Command("data")
    .description("Look at bars or make them: check, describe, facts, features, fetch, import, synthetic")
    .addCommand(dataCheckCommand())
    .addCommand(dataDescribeCommand())
    .addCommand(dataFactsCommand())
    .addCommand(dataFeaturesCommand())
    .addCommand(dataFetchCommand())
    .addCommand(dataImportCommand())
    .addCommand(dataSyntheticCommand())
    .addHelpText("after", EXAMPLES);
}
