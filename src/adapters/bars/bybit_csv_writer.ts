import { randomUUID } from "node:crypto";
import { basename, dirname, join, resolve } from "node:path";
import { formatTime } from "../../core/time.ts";
import { DERIVED_COLUMNS } from "../../market/derived_columns.ts";
import type { CoinBars, ColumnName, Panel } from "../../market/panel.ts";
import { CSV_COLUMNS, type CsvColumn, csvFileName, TIME_HEADER, UNKNOWN_VALUE } from "./csv_columns.ts";
import { SYNTHETIC_FILE, syntheticMark } from "./synthetic_mark.ts";
import { UserError } from "../../core/user_error.ts";
import { reasonOf } from "../files/writable_folder.ts";

/** Text beside the CSVs that says what they are. */
export const README_FILE = "README.txt";

/**
 * One coin's bars as the text of a Bybit CSV. Every number has as many digits as it needs to be
 * read back bit for bit.
 *
 * @param missing Columns that are stand-ins: they are left out, and what follows from them.
 */
export function bybitCsv(
  bars: CoinBars,
  openTime: Float64Array,
  missing: readonly ColumnName[] = [],
): string {
  const marked = (values: Float64Array) => values.map((x) => Number.isNaN(x) ? UNKNOWN_VALUE : x);
  const known = {
    ...bars,
    openInterest: marked(bars.openInterest),
    longRatio: marked(bars.longRatio),
  };
  const columns = CSV_COLUMNS.filter((one) =>
    !("column" in one ? [one.column] : DERIVED_COLUMNS[one.derived].from).some((name) =>
      missing.includes(name)
    )
  );
  const cell = (one: CsvColumn, t: number) =>
    "column" in one ? known[one.column][t]! : DERIVED_COLUMNS[one.derived].of(known, t);
  const lines = [[TIME_HEADER, ...columns.map(({ header }) => header)].join(",")];
  for (let t = 0; t < openTime.length; t++) {
    const cells = columns.map((one) => cell(one, t));
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
      await Deno.writeTextFile(join(temporary, SYNTHETIC_FILE), syntheticMark(panel.source, panel));
    }
    for (const bars of panel.coins) {
      const text = bybitCsv(bars, panel.openTime, panel.missing);
      await Deno.writeTextFile(join(temporary, csvFileName(bars.coin)), text);
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
