import { Command } from "@commander-js/extra-typings";
import { writeBybitFolder } from "../../adapters/bars/bybit_csv_writer.ts";
import { UserError } from "../../core/user_error.ts";
import { marketOf } from "../../experiments/market.ts";
import { sourceText } from "../../figures/run_subtitle.ts";
import { FIRST_SEALED_SEED, isSealedSeed } from "../../market/seal.ts";
import { SYNTHETIC_MODES, unreached, WORLDS } from "../../market/synthetic/worlds.ts";
import type { MarketSource } from "../../market/panel.ts";
import { settingsOf, syntheticSettings } from "../config_options.ts";
import { say, tell } from "../print.ts";

const EXAMPLES = `
Modes:
${Object.entries(WORLDS).map(([mode, what]) => `  ${mode.padEnd(10)}  ${what}`).join("\n")}

The folder must be new or empty; its README.txt says that the bars are synthetic, and so does synthetic.json,
which is read with them: whatever is made from them says it too. The files read back bit for bit.

Examples:
  deno task popagent data synthetic --out data/synthetic
  deno task popagent data synthetic --mode planted --ic 0.06 --seed 3 --rows 6570 --out data/planted
  deno task popagent data synthetic --mode null --out data/null`;

/** popagent data synthetic: a synthetic market as five Bybit CSVs. */
export function dataSyntheticCommand() {
  return new Command("synthetic")
    .description("Write a synthetic market as five CSVs in the Bybit schema")
    .requiredOption("--out <folder>", "new or empty folder for the CSVs, a README.txt and their mark")
    .option("--mode <mode>", SYNTHETIC_MODES.join(", "))
    .option("--ic <number>", "information coefficient of a planted market, above 0 and at most 0.2")
    .option("--seed <integer>", "seed of the market, 0 or more")
    .option("--rows <count>", "rows; 2190 are a year")
    .addHelpText("after", EXAMPLES)
    .action(async (flags) => {
      const config = await settingsOf({ set: [] }, [
        ...syntheticSettings(flags.mode, flags.ic, "--mode", []),
        ["market.seed", flags.seed, "--seed"],
        ["market.rows", flags.rows, "--rows"],
      ]);
      const { seed } = config.market;
      if (isSealedSeed(seed)) {
        throw new UserError(
          `Cannot write the synthetic bars as --seed must be below ${FIRST_SEALED_SEED}, where the markets of ` +
            `pre-registered experiments begin: current value is ${seed}`,
        );
      }
      const note = unreached(config.market.mode, config.market.rows);
      if (note !== null) tell(`Note: ${note}.`);
      const { panel } = marketOf(config);
      await writeBybitFolder(flags.out, panel, readmeText(panel.source, panel.rows, panel.hash));
      say(`!! ${sourceText(panel.source)}`, flags.out);
      say(`${panel.rows} rows of ${panel.coins.length} coins were written to ${flags.out}.`, flags.out);
    });
}

function readmeText(source: MarketSource, rows: number, hash: string): string {
  const settings = source.kind === "synthetic"
    ? `--mode ${source.mode}${source.ic > 0 ? ` --ic ${source.ic}` : ""} --seed ${source.seed}`
    : "";
  return `SYNTHETIC DATA. Nothing in this folder was measured on a market.

The five Bybit_*.csv files were made by PopAgent:
  deno task popagent data synthetic ${settings} --rows ${rows} --out <folder>
They have the 23 columns of Bybit's 4-hour bars and read back bit for bit.
Hash of the rows: ${hash}

PopAgent knows them by synthetic.json beside them; another program cannot tell them from real bars.
Whoever shows a number made from them must say that it is synthetic.
`;
}
