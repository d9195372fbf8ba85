/** A folder of CSVs of Bybit bars. */
import { join } from "node:path";
import { type Coin, DECLARED_COINS } from "../../core/universe.ts";
import type { DerivedBars } from "../../market/derived_columns.ts";
import type { CoinBars } from "../../market/panel.ts";
import { readBybitFile } from "./bybit_file.ts";
import { csvFileName } from "./csv_columns.ts";
import { requireSameTimes } from "./csv_times.ts";

/** All rows of a folder of Bybit CSVs. */
export interface BybitBars {
  readonly coins: readonly CoinBars[];
  /** Open times, ms UTC, the same for all coins; shape [rows]. */
  readonly openTime: Float64Array;
  /** Columns of the files that follow from others; NaN where a cell is no number. */
  readonly derived: readonly DerivedBars[];
}

/** True if a folder holds the CSV of every coin. */
export function hasBybitFolder(folder: string, coins: readonly Coin[] = DECLARED_COINS): boolean {
  return missingFiles(folder, coins).length === 0;
}

/**
 * Reads the CSVs of coins in a folder, Bybit_BTC.csv and so on; links are followed. Strict: whatever is
 * missing, unreadable, out of order or impossible is an error that names file, line, column, value and
 * rule. Only a long ratio of 0, the exchange's mark for "unknown", becomes NaN (and shows in the quality report).
 *
 * @throws {RangeError} If a file or a column is missing or the coins cover different times.
 * @throws {BybitCsvError} If a line breaks a rule.
 */
export function readBybitFolder(folder: string, coins: readonly Coin[] = DECLARED_COINS): BybitBars {
  const missing = missingFiles(folder, coins);
  if (missing.length > 0) {
    throw new RangeError(
      `Cannot read the bars in ${folder} as it must hold ${coins.map(csvFileName).join(", ")}: missing is ${
        missing.join(", ")
      }. Copy, link or download them, or use the synthetic market.`,
    );
  }
  const files = coins.map((coin) => readBybitFile(join(folder, csvFileName(coin)), coin));
  const [first] = files;
  for (const { file, openTime } of files) requireSameTimes(file, openTime, first!.file, first!.openTime);
  return {
    coins: files.map(({ bars }) => bars),
    openTime: first!.openTime,
    derived: files.map(({ derived }) => derived),
  };
}

function missingFiles(folder: string, coins: readonly Coin[]): string[] {
  return coins.map(csvFileName).filter((name) => {
    try {
      return !Deno.statSync(join(folder, name)).isFile;
    } catch (error) {
      if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) return true;
      throw error;
    }
  });
}
