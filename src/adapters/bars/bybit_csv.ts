import pl from "nodejs-polars";
import { join } from "node:path";
import { formatTime } from "../../core/time.ts";
import { BAR_MS, type Coin, DECLARED_COINS } from "../../core/universe.ts";
import { type CoinBars, COLUMN_NAMES, type ColumnName } from "../../market/panel.ts";
import type { DerivedBars } from "../../market/quality.ts";

/** The header in a Bybit CSV of each column that is read. Other columns may be there, in any order. */
export const CSV_HEADERS = {
  open: "open",
  high: "high",
  low: "low",
  close: "close",
  volume: "volume",
  turnover: "turnover",
  openInterest: "oi_btc", // coins of that file, whatever the name says
  longRatio: "long_ratio",
  fundingRate: "funding_rate",
  markOpen: "mark_open",
  markHigh: "mark_high",
  markLow: "mark_low",
  markClose: "mark_close",
  indexOpen: "index_open",
  indexHigh: "index_high",
  indexLow: "index_low",
  indexClose: "index_close",
} as const satisfies Record<ColumnName, string>;

const TIME_HEADER = "timestamp_utc";
const FIRST_LINE = 2; // line 1 is the header

/** The header of each column that follows from others. They are optional; the quality report compares them. */
const DERIVED_HEADERS = {
  shortRatio: "short_ratio",
  longShortRatio: "long_short_ratio",
  basis: "basis",
  premium: "premium_pct", // a fraction, whatever the name says
  openInterestUsd: "oi_usd",
} as const satisfies Record<Exclude<keyof DerivedBars, "coin">, string>;

/** All rows of a folder of Bybit CSVs. */
export interface BybitBars {
  readonly coins: readonly CoinBars[];
  /** Open times, ms UTC, the same for all coins; shape [rows]. */
  readonly openTime: Float64Array;
  /** Columns of the files that follow from others; NaN where a cell is no number. */
  readonly derived: readonly DerivedBars[];
}

/** Where a CSV breaks a rule. The message says the same in words. */
export class BybitCsvError extends Error {
  override readonly name = "BybitCsvError";
  constructor(
    readonly file: string,
    /** Line of the file, the header being 1. */
    readonly line: number,
    readonly column: string,
    readonly value: string,
    readonly rule: string,
    /** Lines that break this rule in this column. */
    readonly count: number,
  ) {
    super(
      `Cannot read ${file}, line ${line}, column ${column}, as ${rule}: current value is ${
        value === "" ? "empty" : value
      }` +
        `${count > 1 ? ` (the first of ${count} such lines)` : ""}. ` +
        `Nothing was repaired: correct the file or download it again.`,
    );
  }
}

/** "Bybit_BTC.csv" */
export function csvFileName(coin: Coin): string {
  return `Bybit_${coin}.csv`;
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

interface CoinFile {
  readonly file: string;
  readonly openTime: Float64Array;
  readonly bars: CoinBars;
  readonly derived: DerivedBars;
}

function readBybitFile(file: string, coin: Coin): CoinFile {
  const text = Deno.readTextFileSync(file).replace(/^\uFEFF/, "");
  requireRectangle(file, text);
  // Every cell as text: polars would else guess types and turn a bad cell into a null or a column into strings.
  const cells = pl.readCSV(text, { inferSchemaLength: 0 });
  const wanted = [TIME_HEADER, ...Object.values(CSV_HEADERS)];
  const absent = wanted.filter((header) => !cells.columns.includes(header));
  if (absent.length > 0) {
    throw new RangeError(
      `Cannot read ${file} as its header (line 1) must name the columns ${wanted.join(", ")}: missing is ${
        absent.join(", ")
      }. Correct the file or download it again.`,
    );
  }
  const given = Object.entries(DERIVED_HEADERS).filter(([, header]) => cells.columns.includes(header));
  const numbers = cells.select(
    ...[...Object.values(CSV_HEADERS), ...given.map(([, header]) => header)].map((header) =>
      pl.col(header).cast(pl.Float64, false).fillNull(pl.lit(NaN))
    ),
  );
  const column = (header: string) =>
    Float64Array.from(numbers.getColumn(header).toTypedArray() as Float64Array);
  const textOf = (header: string, row: number) => String(cells.getColumn(header).getIndex(row) ?? "");

  const require = (header: string, rule: string, rows: number, holds: (row: number) => boolean) => {
    let first = -1, count = 0;
    for (let row = 0; row < rows; row++) {
      if (holds(row)) continue;
      if (first < 0) first = row;
      count++;
    }
    if (first >= 0) {
      throw new BybitCsvError(file, first + FIRST_LINE, header, textOf(header, first), rule, count);
    }
  };

  const openTime = Float64Array.from(cells.getColumn(TIME_HEADER).toArray() as (string | null)[], parseTime);
  requireTimes(openTime, (rule, holds) => require(TIME_HEADER, rule, openTime.length, holds));
  const read = Object.fromEntries(COLUMN_NAMES.map((name) => [name, column(CSV_HEADERS[name])]));
  const bars = { coin, ...read } as CoinBars;
  for (const { name, rule, holds } of COLUMN_RULES) {
    require(CSV_HEADERS[name], rule, openTime.length, (row) => holds(bars, row));
  }
  const longRatio = bars.longRatio.map((ratio) => ratio === 0 ? NaN : ratio);
  const derived = { coin, ...Object.fromEntries(given.map(([name, header]) => [name, column(header)])) };
  return { file, openTime, bars: { ...bars, longRatio }, derived };
}

/**
 * Throws unless every line has as many cells as the header. Polars drops surplus cells and fills missing
 * ones without a word, and quotes would let a cell span lines.
 */
function requireRectangle(file: string, text: string): void {
  const lines = text.split("\n");
  if (lines[lines.length - 1] === "") lines.pop();
  const headers = (lines[0] ?? "").trimEnd().split(",");
  const twice = headers.find((header, i) => headers.indexOf(header) !== i);
  if (twice !== undefined) {
    throw new BybitCsvError(file, 1, twice, twice, "each column must be named once", 1);
  }
  if (lines.length < FIRST_LINE) {
    throw new RangeError(
      `Cannot read ${file} as it must hold a header and bars: current value is ${lines.length} lines`,
    );
  }
  const rule = `each line must have ${headers.length} cells without quotes`;
  const broken = lines.filter((line) => cellsIn(line) !== headers.length);
  if (broken.length > 0) {
    const value = broken[0]!.trimEnd();
    const shown = value.length > 60 ? `${value.slice(0, 60)}...` : value;
    throw new BybitCsvError(file, lines.indexOf(broken[0]!) + 1, "(all)", shown, rule, broken.length);
  }
}

/** Cells of a line, or NaN if a quote makes that uncertain. */
function cellsIn(line: string): number {
  let cells = 1;
  for (let i = 0; i < line.length; i++) {
    const code = line.charCodeAt(i);
    if (code === 44) cells++;
    else if (code === 34) return NaN;
  }
  return cells;
}

const TIME_FORMAT = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)(?:\.0+)?(?:Z|\+00:00)?$/;

/** ms UTC of "2021-11-05 08:00:00+00:00"; NaN for anything else. */
function parseTime(text: string | null): number {
  const match = TIME_FORMAT.exec(text ?? "");
  return match ? Date.parse(`${match[1]}T${match[2]}Z`) : NaN;
}

function requireTimes(
  time: Float64Array,
  require: (rule: string, holds: (row: number) => boolean) => void,
): void {
  const step = (row: number) => row === 0 ? BAR_MS : time[row]! - time[row - 1]!;
  require(`a time must read like 2021-11-05 08:00:00+00:00`, (row) => !Number.isNaN(time[row]!));
  require("a bar must open at 00, 04, 08, 12, 16 or 20 UTC", (row) => time[row]! % BAR_MS === 0);
  require("each bar must appear once (this one repeats the line before)", (row) => step(row) !== 0);
  require("bars must be in order of time (this one opens before the line above)", (row) => step(row) > 0);
  const gap = time.findIndex((_, row) => step(row) > BAR_MS);
  const rule = gap < 0
    ? ""
    : `no bar may be missing (${step(gap) / BAR_MS - 1} missing after ${formatTime(time[gap - 1]!)})`;
  require(rule, (row) => step(row) === BAR_MS);
}

interface ColumnRule {
  readonly name: ColumnName;
  readonly rule: string;
  readonly holds: (bars: CoinBars, row: number) => boolean;
}

const PRICES = COLUMN_NAMES.filter((name) => /open$|high$|low$|close$/i.test(name));
const AMOUNTS = ["volume", "turnover", "openInterest"] as const;

/** What each cell must satisfy; the first broken rule is reported. */
const COLUMN_RULES: readonly ColumnRule[] = [
  ...COLUMN_NAMES.map((name): ColumnRule => ({
    name,
    rule: "a cell must be a finite number",
    holds: (bars, row) => Number.isFinite(bars[name][row]),
  })),
  ...PRICES.map((name): ColumnRule => ({
    name,
    rule: "a price must be positive",
    holds: (bars, row) => bars[name][row]! > 0,
  })),
  ...AMOUNTS.map((name): ColumnRule => ({
    name,
    rule: "an amount must not be negative",
    holds: (bars, row) => bars[name][row]! >= 0,
  })),
  {
    name: "longRatio",
    rule: "a share of accounts must be in [0, 1]",
    holds: (bars, row) => bars.longRatio[row]! >= 0 && bars.longRatio[row]! <= 1,
  },
  ...([["high", "low"], ["markHigh", "markLow"], ["indexHigh", "indexLow"]] as const).map((
    [high, low],
  ): ColumnRule => ({
    name: high,
    rule: `${CSV_HEADERS[high]} must be at least ${CSV_HEADERS[low]}`,
    holds: (bars, row) => bars[high][row]! >= bars[low][row]!,
  })),
];

/** Each file has an even grid by now, so equal ends mean equal times. */
function requireSameTimes(
  file: string,
  time: Float64Array,
  firstFile: string,
  firstTime: Float64Array,
): void {
  const refuse = (row: number, word: string, other: number) => {
    const rule = `all coins must cover the same times (${firstFile} ${word} at ${formatTime(other)})`;
    throw new BybitCsvError(file, row + FIRST_LINE, TIME_HEADER, formatTime(time[row]!), rule, 1);
  };
  if (time[0] !== firstTime[0]) refuse(0, "starts", firstTime[0]!);
  if (time.length !== firstTime.length) refuse(time.length - 1, "ends", firstTime[firstTime.length - 1]!);
}
