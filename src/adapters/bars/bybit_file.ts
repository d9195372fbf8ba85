/** One CSV of Bybit bars, read strictly. */
import { printable } from "../../core/printable.ts";
import type { Coin } from "../../core/universe.ts";
import { UserError } from "../../core/user_error.ts";
import { completeBars, type GivenColumns } from "../../market/complete_bars.ts";
import type { DerivedBars } from "../../market/derived_columns.ts";
import type { CoinBars, ColumnName } from "../../market/panel.ts";
import { CSV_HEADERS, DERIVED_HEADERS, TIME_HEADER, UNKNOWN_VALUE } from "./csv_columns.ts";
import { BybitCsvError } from "./csv_error.ts";
import { columnsIn } from "./csv_header.ts";
import { type Breaks, breaksOf, COLUMN_RULES } from "./csv_rules.ts";
import { type CellReader, cellText, csvTable, lineOf, readColumns } from "./csv_table.ts";
import { parseTime, requireTimes } from "./csv_times.ts";
import { parseDecimal } from "./decimal.ts";

/** The bars of one coin as its file holds them. */
export interface CoinFile {
  readonly file: string;
  readonly openTime: Float64Array;
  readonly bars: CoinBars;
  /** Columns that the file does not hold; stand-ins are in `bars`. */
  readonly missing: readonly ColumnName[];
  readonly derived: DerivedBars;
}

/**
 * Reads the file of a coin. Its cells are split, checked and read by our own code: a library would guess types, drop
 * surplus cells and fill missing ones without a word.
 *
 * @throws {BybitCsvError} If a line breaks a rule.
 * @throws {RangeError} If a needed column is missing, or there are no bars.
 * @throws {UserError} If the file cannot be read.
 */
export function readBybitFile(file: string, coin: Coin): CoinFile {
  return readBybitBytes(file, bytesOf(file), coin);
}

/** The same of bytes that were read from `file` already. */
export function readBybitBytes(file: string, bytes: Uint8Array, coin: Coin): CoinFile {
  const table = csvTable(file, bytes);
  const { columns: names, missing, derived: given } = columnsIn(file, table.headers);
  const headers = [...names.map((name) => CSV_HEADERS[name]), ...given.map((name) => DERIVED_HEADERS[name])];
  const columns = readColumns(
    table,
    new Map<string, CellReader>([
      [TIME_HEADER, parseTime],
      ...headers.map((header) => [header, parseDecimal] as const),
    ]),
  );

  const require = (header: string, rule: string, { first, count }: Breaks) => {
    if (first < 0) return;
    throw new BybitCsvError(file, lineOf(first), header, cellText(table, header, first), rule, count);
  };

  const openTime = columns.get(TIME_HEADER)!;
  requireTimes(
    openTime,
    (rule, holds) => require(TIME_HEADER, rule, breaksOf(openTime, (_, row) => holds(row))),
  );
  const read: GivenColumns = Object.fromEntries(
    names.map((name) => [name, columns.get(CSV_HEADERS[name])!]),
  );
  for (const { name, rule, breaks } of COLUMN_RULES) {
    if (!missing.includes(name)) require(CSV_HEADERS[name], rule, breaks(read));
  }
  const derived = Object.fromEntries(given.map((name) => [name, columns.get(DERIVED_HEADERS[name])!]));
  const bars = completeBars(coin, { ...read, ...knownOf(read) });
  return { file, openTime, bars, missing, derived: { coin, ...derived } };
}

/** The bytes of a file of bars. @throws {UserError} If it cannot be read. */
export function bytesOf(file: string): Uint8Array {
  try {
    return Deno.readFileSync(file);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UserError(`Cannot read ${printable(file)} as it must be a file that may be read: ${reason}`);
  }
}

/** Open interest and long ratio with NaN where the exchange says that it does not know. */
function knownOf({ openInterest, longRatio }: GivenColumns): GivenColumns {
  const known = (values: Float64Array) => values.map((value) => value === UNKNOWN_VALUE ? NaN : value);
  return {
    ...(openInterest && { openInterest: known(openInterest) }),
    ...(longRatio && { longRatio: known(longRatio) }),
  };
}
