/** A CSV as its bytes and where its lines are. Cells are read from there; no text is made but for a message. */
import { BybitCsvError, FIRST_LINE } from "./csv_error.ts";
import { requireLines } from "./csv_lines.ts";

const COMMA = 44;

/** A CSV whose lines all have as many cells as the header. */
export interface CsvTable {
  readonly file: string;
  readonly headers: readonly string[];
  readonly rows: number;
  readonly bytes: Uint8Array;
  /** Where each row starts and ends in `bytes`, its line end left out; shape [rows] each. */
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
}

/** Reads one cell, bytes from..to-1, as a number; NaN if it is none. */
export type CellReader = (bytes: Uint8Array, from: number, to: number) => number;

const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/**
 * A file's bytes as a table.
 *
 * @throws {BybitCsvError} If a line breaks a rule of form, see csv_lines.ts, or a column is named twice.
 * @throws {RangeError} If there is no header or no row.
 */
export function csvTable(file: string, bytes: Uint8Array): CsvTable {
  const { starts, ends } = requireLines(file, bytes);
  const headers = decoder.decode(bytes.subarray(starts[0]!, ends[0]!)).split(",");
  const twice = headers.find((header, i) => headers.indexOf(header) !== i);
  if (twice !== undefined) {
    throw new BybitCsvError(file, 1, twice, twice, "each column must be named once", 1);
  }
  return {
    file,
    headers,
    rows: starts.length - 1,
    bytes,
    starts: starts.subarray(1),
    ends: ends.subarray(1),
  };
}

/**
 * Columns of a table in one pass over its bytes.
 *
 * @param readers What each column's cells are read by, by header; columns that are not named are passed over.
 * @returns By header, shape [rows] each; NaN where a cell cannot be read.
 */
export function readColumns(
  { headers, rows, bytes, starts, ends }: CsvTable,
  readers: ReadonlyMap<string, CellReader>,
): Map<string, Float64Array> {
  const columns = new Map([...readers.keys()].map((header) => [header, new Float64Array(rows)]));
  const reader = headers.map((header) => readers.get(header));
  const target = headers.map((header) => columns.get(header));
  for (let row = 0; row < rows; row++) {
    let from = starts[row]!;
    const end = ends[row]!;
    for (let cell = 0; cell < headers.length; cell++) {
      let to = from;
      while (to < end && bytes[to] !== COMMA) to++;
      const read = reader[cell];
      if (read !== undefined) target[cell]![row] = read(bytes, from, to);
      from = to + 1;
    }
  }
  return columns;
}

/** The text of a cell, for a message. */
export function cellText({ headers, bytes, starts, ends }: CsvTable, header: string, row: number): string {
  return decoder.decode(bytes.subarray(starts[row]!, ends[row]!)).split(",")[headers.indexOf(header)] ?? "";
}

/** Line of a row in its file. */
export function lineOf(row: number): number {
  return row + FIRST_LINE;
}
