import { Command } from "@commander-js/extra-typings";
import { readBybitFolder } from "../../adapters/bars/bybit_csv.ts";
import { importCoin, type ImportReport } from "../../adapters/ohlcv/import_coin.ts";
import { formatTime } from "../../core/time.ts";
import { BAR_MS } from "../../core/universe.ts";
import { UserError } from "../../core/user_error.ts";
import { standInText } from "../../market/complete_bars.ts";
import { parseCoins, parseInstant } from "../instants.ts";
import { say, tell } from "../print.ts";

/** Where imported bars go; not the folder in which Bybit's own are looked for. */
const FOLDER = "data/imported";

const EXAMPLES = `
Files of one coin: arrays of ccxt as JSON or CSV, Binance's dumps of klines (milliseconds or microseconds, with a
header or without), or any CSV whose header names a time, open, high, low, close and volume (coins) or turnover
(USDT). Several files are put in order of time. Bars that divide four hours are resampled. What is ambiguous is
refused with file, line and rule: a unit of time that nobody can tell, a time without its zone, two columns that
may be the volume, a bar that is missing or there twice. What such files do not have (funding, open interest, mark
and index price ...) is named, with what stands in for it.

Examples:
  deno task popagent data import BTCUSDT-1h-2024-*.csv --coin BTC
  deno task popagent data import sol_ccxt.json --coin SOL --out data/imported
  deno task popagent data import eth.csv --coin ETH --utc --from 2024-01-01 --to 2025-07-01`;

/** popagent data import: plain OHLCV files of other sources. */
export function dataImportCommand() {
  return new Command("import")
    .argument("<files...>", "CSV or JSON files of one coin")
    .description("Make bars that PopAgent reads of plain OHLCV files from other sources")
    .requiredOption("--coin <coin>", "the coin that the files are of, e.g. BTC")
    .option("--out <folder>", "folder of the CSV, one file a coin", FOLDER)
    .option("--from <time>", "first bar, UTC; all coins of a folder must cover the same times")
    .option("--to <time>", "bars open before it, UTC")
    .option("--utc", "times without a zone are UTC")
    .option("--json", "print JSON instead of text")
    .addHelpText("after", EXAMPLES)
    .action(async (files, flags) => {
      const [coin, ...others] = parseCoins(flags.coin, "--coin");
      if (others.length > 0) {
        throw new UserError(`Cannot import as --coin must name one: current value is ${flags.coin}`);
      }
      const report = await importCoin({
        files,
        coin: coin!,
        folder: flags.out,
        from: flags.from === undefined ? null : parseInstant(flags.from, "--from"),
        to: flags.to === undefined ? null : parseInstant(flags.to, "--to"),
        utc: flags.utc === true,
        now: Date.now(),
      });
      if (flags.json) say(JSON.stringify(report), flags.out);
      else say(reportText(report), flags.out);
      for (const note of folderNotes(flags.out)) tell(`Note: ${note}`);
    });
}

function reportText(
  { file, rows, from, to, step, missing, unread, running, before, after }: ImportReport,
): string {
  const hours = BAR_MS / 3_600_000;
  const left = [
    [running, "had not closed"],
    [before, `before the first whole bar of ${hours} h`],
    [after, "after the last whole bar"],
  ] as const;
  return [
    `${file}: ${rows} bars, ${formatTime(from)} to ${formatTime(to)} UTC (opens)` +
    (step === BAR_MS ? "." : `, made of bars of ${step / 60_000} minutes.`),
    ...left.filter(([count]) => count > 0).map(([count, why]) => `Rows left out: ${count}, ${why}.`),
    ...standInText(missing),
    ...(unread.length > 0 ? [`Not read: ${unread.join(", ")}.`] : []),
  ].join("\n");
}

/** What would be said of the folder if all of its coins were read together. */
function folderNotes(folder: string): string[] {
  const coins = [...Deno.readDirSync(folder)].flatMap(({ name }) =>
    /^Bybit_(\w+)\.csv$/.exec(name)?.[1] ?? []
  ).sort();
  if (coins.length < 2) return [];
  try {
    readBybitFolder(folder, coins);
    return [];
  } catch (error) {
    if (error instanceof UserError || error instanceof RangeError) {
      return [`the coins do not fit together yet. ${error.message}`];
    }
    throw error;
  }
}
