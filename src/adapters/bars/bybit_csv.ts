/** A folder of CSVs of Bybit bars. */
import { join } from "node:path";
import { printable } from "../../core/printable.ts";
import { type Coin, DECLARED_COINS } from "../../core/universe.ts";
import type { DerivedBars } from "../../market/derived_columns.ts";
import type { CoinBars, ColumnName } from "../../market/panel.ts";
import { type CoinFile, readBybitFile } from "./bybit_file.ts";
import { CSV_HEADERS, csvFileName } from "./csv_columns.ts";
import { requireSameTimes } from "./csv_times.ts";
import { absentFiles, type Found, foundAt } from "./csv_folder.ts";

/** All rows of a folder of Bybit CSVs. */
export interface BybitBars {
  readonly coins: readonly CoinBars[];
  /** Open times, ms UTC, the same for all coins; shape [rows]. */
  readonly openTime: Float64Array;
  /** Columns that the files do not hold, the same for all coins; stand-ins are in their place. */
  readonly missing: readonly ColumnName[];
  /** Columns of the files that follow from others; NaN where a cell is no number. */
  readonly derived: readonly DerivedBars[];
}

/**
 * Reads the CSVs of coins in a folder, Bybit_BTC.csv and so on; links are followed. Strict: whatever is
 * missing, unreadable, out of order or impossible is an error that names file, line, column, value and
 * rule. Only an open interest or a long ratio of 0, the exchange's mark for "unknown", becomes NaN (and shows in the
 * quality report).
 *
 * @param read Reads one file; by `readKeptFile` from columns that were kept.
 * @throws {RangeError} If a file or a column is missing, the coins cover different times or columns, or two files
 *   hold the same bars.
 * @throws {BybitCsvError} If a line breaks a rule.
 */
export function readBybitFolder(
  folder: string,
  coins: readonly Coin[] = DECLARED_COINS,
  read: (file: string, coin: Coin) => CoinFile = readBybitFile,
): BybitBars {
  const absent = absentFiles(folder, coins);
  if (absent.length > 0) {
    throw new RangeError(
      `Cannot read the bars in ${printable(folder)} as it must ${FOLDER_MUST[foundAt(folder)]}hold ${
        coins.map(csvFileName).join(", ")
      }: missing ${absent.length === 1 ? "is" : "are"} ${
        absent.join(", ")
      }. Copy, link or download them, name the coins that are there ` +
        "(--set universe.coins=[BTC, ...]), or use the synthetic market (--synthetic default).",
    );
  }
  const files = coins.map((coin) => read(join(folder, csvFileName(coin)), coin));
  const [first] = files;
  for (const { file, openTime } of files) requireSameTimes(file, openTime, first!.file, first!.openTime);
  for (const file of files) requireSameColumns(file, first!);
  files.forEach((file, i) => files.slice(0, i).forEach((earlier) => requireOwnBars(file, earlier)));
  return {
    coins: files.map(({ bars }) => bars),
    openTime: first!.openTime,
    missing: first!.missing,
    derived: files.map(({ derived }) => derived),
  };
}

/** What a folder of bars must be besides, by what is there. */
const FOLDER_MUST: Readonly<Record<Found, string>> = {
  folder: "",
  file: "be a folder (it is a file) and ",
  "dangling link": "be a folder (it is a link that leads nowhere) and ",
  nothing: "be a folder (there is none) and ",
};

/** What is off for one coin would be on for another: no signal of the whole market could be read. */
function requireSameColumns({ file, missing }: CoinFile, first: CoinFile): void {
  const odd = [
    ...missing.filter((name) => !first.missing.includes(name)).map((name) => ({
      name,
      lacks: file,
      holds: first.file,
    })),
    ...first.missing.filter((name) => !missing.includes(name)).map((name) => ({
      name,
      lacks: first.file,
      holds: file,
    })),
  ];
  if (odd.length === 0) return;
  const { name, lacks, holds } = odd[0]!;
  throw new RangeError(
    `Cannot read ${printable(lacks)} as all coins must have the same columns: ${CSV_HEADERS[name]} is in ${
      printable(holds)
    } and not there. Add it, or take it out of all files.`,
  );
}

/** No two coins trade the same volume in every bar: such a file was copied under another coin's name. */
function requireOwnBars({ file, bars }: CoinFile, earlier: CoinFile): void {
  for (const name of ["close", "volume"] as const) {
    const values = bars[name], others = earlier.bars[name];
    for (let row = 0; row < values.length; row++) if (values[row] !== others[row]) return;
  }
  throw new RangeError(
    `Cannot read ${printable(file)} as each coin must have bars of its own: they are those of ${
      printable(earlier.file)
    }, row by row. Download that coin again.`,
  );
}
