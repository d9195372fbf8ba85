import { randomUUID } from "node:crypto";
import { basename, dirname, join, resolve } from "node:path";
import { formatTime } from "../../core/time.ts";
import type { CoinBars, Panel } from "../../market/panel.ts";
import { csvFileName } from "./bybit_csv.ts";
import { SYNTHETIC_FILE, syntheticMark } from "./synthetic_mark.ts";
import { UserError } from "../../core/user_error.ts";
import { reasonOf } from "../files/writable_folder.ts";

/** Text beside the CSVs that says what they are. */
export const README_FILE = "README.txt";

/** Every column of the files in their order; those that follow from others are worked out as the exchange's are. */
const COLUMNS: readonly (readonly [string, (bars: CoinBars, row: number) => number])[] = [
  ["open", (bars, t) => bars.open[t]!],
  ["high", (bars, t) => bars.high[t]!],
  ["low", (bars, t) => bars.low[t]!],
  ["close", (bars, t) => bars.close[t]!],
  ["volume", (bars, t) => bars.volume[t]!],
  ["turnover", (bars, t) => bars.turnover[t]!],
  ["oi_btc", (bars, t) => bars.openInterest[t]!],
  ["long_ratio", longRatio],
  ["short_ratio", (bars, t) => 1 - longRatio(bars, t)],
  ["long_short_ratio", (bars, t) => longRatio(bars, t) / (1 - longRatio(bars, t))],
  ["funding_rate", (bars, t) => bars.fundingRate[t]!],
  ["mark_open", (bars, t) => bars.markOpen[t]!],
  ["mark_high", (bars, t) => bars.markHigh[t]!],
  ["mark_low", (bars, t) => bars.markLow[t]!],
  ["mark_close", (bars, t) => bars.markClose[t]!],
  ["index_open", (bars, t) => bars.indexOpen[t]!],
  ["index_high", (bars, t) => bars.indexHigh[t]!],
  ["index_low", (bars, t) => bars.indexLow[t]!],
  ["index_close", (bars, t) => bars.indexClose[t]!],
  ["basis", (bars, t) => bars.markClose[t]! - bars.indexClose[t]!],
  ["premium_pct", (bars, t) => (bars.markClose[t]! - bars.indexClose[t]!) / bars.indexClose[t]!],
  ["oi_usd", (bars, t) => bars.openInterest[t]! * bars.markClose[t]!],
];

/** The exchange's mark for an unknown ratio is 0. */
function longRatio(bars: CoinBars, row: number): number {
  const ratio = bars.longRatio[row]!;
  return Number.isNaN(ratio) ? 0 : ratio;
}

/**
 * One coin's bars as the text of a Bybit CSV, 23 columns. Every number has as many digits as it needs to be
 * read back bit for bit.
 */
export function bybitCsv(bars: CoinBars, openTime: Float64Array): string {
  const lines = [["timestamp_utc", ...COLUMNS.map(([header]) => header)].join(",")];
  for (let t = 0; t < openTime.length; t++) {
    const cells = COLUMNS.map(([, read]) => read(bars, t));
    lines.push(`${formatTime(openTime[t]!)}:00+00:00,${cells.join(",")}`);
  }
  return `${lines.join("\n")}\n`;
}

/**
 * Writes the CSVs of a panel's coins and a README into a new or empty folder, marked if they are synthetic: all of
 * them appear at once, or none.
 *
 * @throws {UserError} If the folder holds anything already or cannot be written.
 */
export async function writeBybitFolder(folder: string, panel: Panel, readme: string): Promise<void> {
  await requireEmpty(folder);
  const home = resolve(folder);
  const temporary = join(dirname(home), `.${basename(home)}.${randomUUID()}.tmp`);
  try {
    await Deno.mkdir(temporary, { recursive: true });
    await Deno.writeTextFile(join(temporary, README_FILE), readme);
    if (panel.source.kind === "synthetic") {
      await Deno.writeTextFile(join(temporary, SYNTHETIC_FILE), syntheticMark(panel.source, panel.hash));
    }
    for (const bars of panel.coins) {
      await Deno.writeTextFile(join(temporary, csvFileName(bars.coin)), bybitCsv(bars, panel.openTime));
    }
    await Deno.remove(home).catch(() => {}); // an empty folder is in the way on some systems; a missing one is not
    await Deno.rename(temporary, home);
  } catch (error) {
    await Deno.remove(temporary, { recursive: true }).catch(() => {}); // it may never have been made
    throw new UserError(
      `Cannot write the bars as ${folder} must be a place that may be written to: ${reasonOf(error)}`,
    );
  }
}

/** Bars are never written over others, real ones least of all. */
async function requireEmpty(folder: string): Promise<void> {
  try {
    for await (const { name } of Deno.readDir(folder)) {
      throw new UserError(
        `Cannot write the bars as ${folder} must be a new or an empty folder: it holds ${name}`,
      );
    }
  } catch (error) {
    if (error instanceof UserError) throw error;
    if (error instanceof Deno.errors.NotFound) return;
    throw new UserError(
      `Cannot write the bars as ${folder} must be a new or an empty folder: ${reasonOf(error)}`,
    );
  }
}
