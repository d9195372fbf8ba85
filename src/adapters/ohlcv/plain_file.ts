/** One plain file of bars (CSV of ccxt, of Binance's dumps or with a header; JSON arrays of ccxt), read strictly. */
import { printable } from "../../core/printable.ts";
import { UserError } from "../../core/user_error.ts";
import type { TradedColumns } from "../../market/resample.ts";
import { BybitCsvError } from "../bars/csv_error.ts";
import { requireLines } from "../bars/csv_lines.ts";
import { COLUMN_RULES } from "../bars/csv_rules.ts";
import { type CellReader, cellText, type CsvTable, readColumns } from "../bars/csv_table.ts";
import { parseDecimal } from "../bars/decimal.ts";
import { atPath } from "../files/system_error.ts";
import { TIME_RULE, timeFormOf } from "./clock.ts";
import { jsonTable } from "./json_table.ts";
import { headedLayout, type Layout, plainLayout, TRADED_NAMES } from "./layout.ts";

/** The bars of a file as it holds them. */
export interface PlainFile {
  readonly file: string;
  /** ms UTC, in the order of the file; shape [rows]. */
  readonly openTime: Float64Array;
  readonly columns: TradedColumns;
  /** Headers that were passed over. */
  readonly unread: readonly string[];
  /** Refuses the file for a row. */
  readonly refuse: (row: number, column: string, value: string, rule: string, count?: number) => Error;
}

/**
 * Reads a file by its name: .json holds arrays, anything else is CSV.
 *
 * @param utc True if times without a zone are UTC.
 * @throws {UserError} If it breaks a rule; file, line and column are named.
 */
export function readPlainFile(file: string, utc: boolean): PlainFile {
  let bytes: Uint8Array;
  try {
    bytes = Deno.readFileSync(file);
  } catch (error) {
    throw atPath("read", file, error);
  }
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) {
    throw new UserError(
      `Cannot read ${printable(file)} as it must be text: it is a zip file, unpack it first`,
    );
  }
  if (!file.toLowerCase().endsWith(".json")) return readCsv(file, bytes, utc);
  const { table, layout } = jsonTable(file, bytes);
  return checkedFile(table, layout, utc, (row) => row + 1);
}

function readCsv(file: string, bytes: Uint8Array, utc: boolean): PlainFile {
  const { starts, ends } = requireLines(file, bytes);
  const first = new TextDecoder().decode(bytes.subarray(starts[0]!, ends[0]!)).split(",");
  const headed = !/^[\d.]+$|^\d{4}-/.test(first[0]!);
  const layout = headed ? headedLayout(file, first) : plainLayout(first.length);
  if (layout === null) {
    throw new BybitCsvError(
      file,
      1,
      "(all)",
      first.join(","),
      "a file without a header must have 6 cells a line (ccxt: time, open, high, low, close, volume) or 12 (Binance)",
      1,
    );
  }
  const skip = headed ? 1 : 0;
  const rows = starts.length - skip;
  const table: CsvTable = {
    file,
    headers: first.map((header, i) => headed ? header : i === layout.time ? "time" : `cell ${i + 1}`),
    rows,
    bytes,
    starts: starts.subarray(skip),
    ends: ends.subarray(skip),
  };
  requireOneSymbol(table, skip);
  return checkedFile(table, layout, utc || layout.utc, (row) => row + 1 + skip);
}

function checkedFile(
  table: CsvTable,
  layout: Layout,
  utc: boolean,
  lineOf: (row: number) => number,
): PlainFile {
  const { file, headers, rows, bytes, starts } = table;
  const refuse: PlainFile["refuse"] = (row, column, value, rule, count = 1) =>
    new BybitCsvError(file, lineOf(row), column, value, rule, count);
  const time = headers[layout.time]!;
  const [from, to] = cellBounds(table, layout.time);
  const form = timeFormOf(bytes, from, to, utc);
  if (form === null) throw refuse(0, time, cellText(table, time, 0), TIME_RULE);
  const names = TRADED_NAMES.filter((name) => layout.columns[name] !== null);
  const headerOf = (name: (typeof TRADED_NAMES)[number]) => headers[layout.columns[name]!]!;
  const read = readColumns(
    table,
    new Map<string, CellReader>([
      [time, form.read],
      ...names.map((name) => [headerOf(name), parseDecimal] as const),
    ]),
  );
  const require = (header: string, rule: string, holds: (row: number) => boolean) => {
    for (let row = 0; row < rows; row++) {
      if (!holds(row)) throw refuse(row, header, cellText({ ...table, starts }, header, row), rule);
    }
  };
  const openTime = read.get(time)!;
  require(
    time,
    `all times of a file must be in one form, here ${form.name}`,
    (row) => !Number.isNaN(openTime[row]!),
  );
  const columns = Object.fromEntries(
    names.map((name) => [name, read.get(headerOf(name))!]),
  ) as unknown as TradedColumns;
  for (const { name, rule, holds } of COLUMN_RULES) {
    const traded = names.find((one) => one === name);
    if (traded) require(headerOf(traded), rule, (row) => holds(columns, row));
  }
  return { file, openTime, columns, unread: layout.unread, refuse };
}

/** First and last byte of a cell of the first row. */
function cellBounds({ bytes, starts, ends }: CsvTable, cell: number): [from: number, to: number] {
  let from = starts[0]!;
  const comma = (at: number) => {
    const found = bytes.indexOf(44, at);
    return found < 0 || found > ends[0]! ? ends[0]! : found;
  };
  for (let i = 0; i < cell; i++) from = comma(from) + 1;
  return [from, comma(from)];
}

/** A file of several markets is no file of one coin. */
function requireOneSymbol(table: CsvTable, skip: number): void {
  const header = table.headers.find((one) => /^(symbol|pair|market|ticker)$/i.test(one));
  if (header === undefined) return;
  const first = cellText(table, header, 0);
  for (let row = 1; row < table.rows; row++) {
    const other = cellText(table, header, row);
    if (other === first) continue;
    throw new BybitCsvError(
      table.file,
      row + 1 + skip,
      header,
      other,
      `a file must hold one market (line 2 is ${first})`,
      1,
    );
  }
}
