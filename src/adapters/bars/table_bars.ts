/** Bars from a table in memory: plain columns or a data frame, under the names that tables usually have. */
import { formatTime } from "../../core/time.ts";
import { shown } from "../../core/shown.ts";
import { BAR_MS, type Coin } from "../../core/universe.ts";
import { completeBars, type GivenColumns, missingColumns } from "../../market/complete_bars.ts";
import { type CoinBars, COLUMN_NAMES, type ColumnName } from "../../market/panel.ts";
import { CSV_HEADERS, TIME_HEADER, UNKNOWN_VALUE } from "./csv_columns.ts";
import { COLUMN_RULES } from "./csv_rules.ts";

/** Values of one column: numbers, or for times also dates and ISO texts. */
export type TableColumn = ArrayLike<number | bigint | Date | string | null>;

/** A data frame, such as one of polars: as much of it as is read here. */
export interface FrameLike {
  /** Names of its columns. */
  readonly columns: readonly string[];
  /** A column by name. */
  getColumn(name: string): { toArray(): readonly unknown[] };
}

/** A table of one coin's bars: an object of columns, or a data frame. */
export type BarTable = Readonly<Record<string, TableColumn>> | FrameLike;

/** One coin's bars from a table. */
export interface TableBars {
  readonly openTime: Float64Array;
  readonly bars: CoinBars;
  /** Columns that the table does not hold; stand-ins are in `bars`. */
  readonly missing: readonly ColumnName[];
}

const TIME_NAMES = [TIME_HEADER, "openTime", "time", "timestamp", "date", "datetime"];

/**
 * Reads the bars of a coin from a table. A column may have its name of a panel (`fundingRate`) or of a file
 * (`funding_rate`); of volume and turnover one is enough; others are completed as `completeBars` says. Values must
 * satisfy what cells of a file must.
 *
 * @throws {RangeError} If times are missing or not four hours apart, a needed column is missing, or a value breaks a
 *   rule: the coin, the column and the row are named.
 */
export function barsOfTable(coin: Coin, table: BarTable): TableBars {
  const names = isFrame(table)
    ? table.columns
    : Object.keys(table).filter((name) => table[name] !== undefined);
  const read = (name: string) => isFrame(table) ? table.getColumn(name).toArray() : table[name]!;
  const timeName = TIME_NAMES.find((name) => names.includes(name));
  if (timeName === undefined) {
    throw new RangeError(
      `Cannot read the table of ${coin} as it must have a column of open times, one of ${
        TIME_NAMES.join(", ")
      }: it has ${names.join(", ")}`,
    );
  }
  const openTime = timesOf(coin, read(timeName));
  const given: { [Name in ColumnName]?: Float64Array } = {};
  for (const name of COLUMN_NAMES) {
    const found = [name, CSV_HEADERS[name]].find((one) => names.includes(one));
    if (found !== undefined) given[name] = numbersOf(coin, found, read(found), openTime.length);
  }
  requireRules(coin, given, openTime);
  return { openTime, bars: completeBars(coin, withoutUnknown(given)), missing: missingColumns(given) };
}

function isFrame(table: BarTable): table is FrameLike {
  return typeof (table as FrameLike).getColumn === "function";
}

function timesOf(coin: Coin, values: ArrayLike<unknown>): Float64Array {
  const times = Float64Array.from({ length: values.length }, (_, row) => timeOf(values[row]));
  if (times.length === 0) throw new RangeError(`Cannot read the table of ${coin} as it must have rows`);
  const odd = times.findIndex((time) => time % BAR_MS !== 0);
  if (odd >= 0) {
    throw new RangeError(
      `Cannot read the table of ${coin} as its rows must open at 00, 04, 08, 12, 16 or 20 UTC, one every ` +
        `${BAR_MS / 3_600_000} hours: row ${odd} is ${
          Number.isNaN(times[odd]!) ? shown(values[odd]) : formatTime(times[odd]!)
        }. Times are dates, ms or texts in UTC.`,
    );
  }
  const step = (row: number) => row === 0 ? BAR_MS : times[row]! - times[row - 1]!;
  const back = times.findIndex((_, row) => step(row) <= 0);
  if (back >= 0) {
    throw new RangeError(
      `Cannot read the table of ${coin} as its rows must be in order of time, each bar once: row ${back} (${
        formatTime(times[back]!)
      }) follows row ${back - 1} (${
        formatTime(times[back - 1]!)
      }). Sort the rows, and keep one of each time.`,
    );
  }
  requireNoGap(coin, times, step);
  return times;
}

/** Gaps that are told one by one. */
const MOST_GAPS = 3;

/** Refuses a table that leaves bars out: where, how many, and what may be done. */
function requireNoGap(coin: Coin, times: Float64Array, step: (row: number) => number): void {
  const gaps = Array.from(times.keys()).filter((row) => step(row) > BAR_MS);
  if (gaps.length === 0) return;
  const lacking = (row: number) => step(row) / BAR_MS - 1;
  const lines = gaps.slice(0, MOST_GAPS).map((row) =>
    `${lacking(row)} between row ${row - 1} (${formatTime(times[row - 1]!)}) and row ${row} (${
      formatTime(times[row]!)
    })`
  );
  const missing = gaps.reduce((sum, row) => sum + lacking(row), 0), more = gaps.length - lines.length;
  const ends = [0, ...gaps, times.length];
  const longest = ends.slice(1).map((to, i) => [ends[i]!, to] as const)
    .reduce((best, run) => run[1] - run[0] > best[1] - best[0] ? run : best);
  throw new RangeError(
    `Cannot read the table of ${coin} as no bar may be missing, one every ${
      BAR_MS / 3_600_000
    } hours: ${missing} ${missing === 1 ? "is" : "are"} missing, ${lines.join(", ")}${
      more > 0 ? ` and at ${more} more places` : ""
    }. Nothing is filled in by guess: add ` +
      `the missing bars, or take the longest stretch without a gap, rows ${longest[0]} to ${longest[1] - 1}.`,
  );
}

/** ms UTC of a date, a number of ms, or a text; one without a zone is UTC. */
function timeOf(value: unknown): number {
  if (value instanceof Date) return value.getTime();
  if (typeof value !== "string") return Number(value);
  return Date.parse(/(Z|[+-]\d\d:?\d\d)$/.test(value) ? value : `${value.replace(" ", "T")}Z`);
}

function numbersOf(coin: Coin, name: string, values: ArrayLike<unknown>, rows: number): Float64Array {
  if (values.length !== rows) {
    throw new RangeError(
      `Cannot read the table of ${coin} as every column must have ${rows} rows: ${name} has ${values.length}`,
    );
  }
  return Float64Array.from({ length: rows }, (_, row) => {
    const value = values[row];
    return value === null || value === undefined ? NaN : Number(value);
  });
}

function requireRules(coin: Coin, given: GivenColumns, openTime: Float64Array): void {
  for (const { name, rule, holds } of COLUMN_RULES) {
    const values = given[name];
    if (values === undefined) continue;
    const row = openTime.findIndex((_, t) => !holds(given, t));
    const unknown = row >= 0 && Number.isNaN(values[row]!) && MAY_BE_UNKNOWN.includes(name);
    if (row < 0 || unknown) continue;
    const others = openTime.reduce((sum, _, t) => sum + Number(t > row && !holds(given, t)), 0);
    const lacking = Number.isNaN(values[row]!)
      ? ". Nothing is filled in by guess: give the value, or leave out the rows up to it."
      : "";
    throw new RangeError(
      `Cannot read the table of ${coin}, column ${name}, row ${row} (${
        formatTime(openTime[row]!)
      }), as ${rule}: ` +
        `current value is ${values[row]}${others > 0 ? `; ${others} more rows break it` : ""}${lacking}`,
    );
  }
}

const MAY_BE_UNKNOWN: readonly ColumnName[] = ["openInterest", "longRatio"];

/** The exchange's mark for "unknown" becomes NaN, as in files. */
function withoutUnknown(given: GivenColumns): GivenColumns {
  const known = MAY_BE_UNKNOWN.flatMap((name) => {
    const values = given[name];
    return values ? [[name, values.map((value) => value === UNKNOWN_VALUE ? NaN : value)]] : [];
  });
  return { ...given, ...Object.fromEntries(known) };
}
