/** The form of a CSV: where its lines end, that none is cut and that all have as many cells as the header. */
import { BybitCsvError, FIRST_LINE } from "./csv_error.ts";

const COMMA = 44, QUOTE = 34, NEWLINE = 10, RETURN = 13;

/** Where each line starts and ends, the header being line 0 and line ends left out; shape [lines] each. */
export interface CsvLines {
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
}

/**
 * Finds the lines of a file. They end either all with a newline or all with a carriage return and a newline, as
 * the header's does, the last one too: a file without its last line end may have been cut inside its last cell,
 * where nothing else would show it. A carriage return anywhere else is no line end and no part of a number.
 *
 * @throws {BybitCsvError} If the last line has no end, or a line has a stray carriage return, a quote (which would
 *   let a cell span lines) or another number of cells than the header.
 * @throws {RangeError} If there is no header or no row.
 */
export function requireLines(file: string, bytes: Uint8Array): CsvLines {
  const first = startOfText(bytes);
  let count = 0;
  for (let at = bytes.indexOf(NEWLINE, first); at >= 0; at = bytes.indexOf(NEWLINE, at + 1)) count++;
  const whole = bytes.length > first && bytes[bytes.length - 1] === NEWLINE;
  const lines = count + (bytes.length > first && !whole ? 1 : 0);
  if (lines < FIRST_LINE) {
    throw new RangeError(
      `Cannot read ${file} as it must hold a header and bars: current value is ${lines} lines`,
    );
  }
  const starts = new Uint32Array(lines), ends = new Uint32Array(lines);
  const windows = bytes[bytes.indexOf(NEWLINE, first) - 1] === RETURN;
  for (let line = 0, at = first; line < lines; line++) {
    const newline = bytes.indexOf(NEWLINE, at);
    const end = newline < 0 ? bytes.length : newline;
    starts[line] = at;
    ends[line] = windows && end > at && bytes[end - 1] === RETURN ? end - 1 : end;
    at = end + 1;
  }
  const found = { starts, ends };
  if (!whole) refuse(file, bytes, found, UNFINISHED, (line) => line === lines - 1);
  requireRectangle(file, bytes, found);
  if (windows) refuse(file, bytes, found, MIXED, (line) => bytes[ends[line]!] !== RETURN);
  return found;
}

const UNFINISHED =
  "the last line must end with a newline, or it may have been cut inside its last cell (if it is " +
  "whole, put a newline behind it)";
const MIXED = "all lines must end alike (the header's ends with a carriage return and a newline)";

/** Behind the mark of byte order that some programs put in front of a file. */
function startOfText(bytes: Uint8Array): number {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
}

function requireRectangle(file: string, bytes: Uint8Array, lines: CsvLines): void {
  const { starts, ends } = lines;
  const cells = starts.map((start, line) => cellsIn(bytes, start, ends[line]!));
  const width = cells[0]!;
  const stray = "a carriage return must stand before the newline of every line or of none";
  const quoted = "lines must have no quotes";
  if (cells.includes(STRAY)) refuse(file, bytes, lines, stray, (line) => cells[line] === STRAY);
  if (width === QUOTED) refuse(file, bytes, lines, quoted, (line) => cells[line] === QUOTED);
  refuse(
    file,
    bytes,
    lines,
    `each line must have ${width} cells without quotes`,
    (line) => cells[line] !== width,
  );
}

/** What stands for the number of cells of a line that cannot be split. */
const STRAY = 0xffff_fffe, QUOTED = 0xffff_ffff;

function cellsIn(bytes: Uint8Array, from: number, to: number): number {
  let cells = 1;
  for (let at = from; at < to; at++) {
    const code = bytes[at]!;
    if (code === COMMA) cells++;
    else if (code === RETURN) return STRAY;
    else if (code === QUOTE) return QUOTED;
  }
  return cells;
}

/** Throws if a rule is broken by any line; says which is the first and how many there are. */
function refuse(
  file: string,
  bytes: Uint8Array,
  { starts, ends }: CsvLines,
  rule: string,
  breaks: (line: number) => boolean,
): void {
  let first = -1, count = 0;
  for (let line = 0; line < starts.length; line++) {
    if (!breaks(line)) continue;
    if (first < 0) first = line;
    count++;
  }
  if (first < 0) return;
  const text = new TextDecoder().decode(bytes.subarray(starts[first]!, ends[first]!));
  throw new BybitCsvError(file, first + 1, "(all)", text, rule, count);
}
