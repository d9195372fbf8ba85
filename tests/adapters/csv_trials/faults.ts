/** Faults that a folder of CSVs can have, each with what a reader must say of it. */
import { type CsvDraft, type FolderDraft, oneOf, textOf } from "./valid_folder.ts";

/** What a fault must lead to: a refusal that names the file, a line where there is one, and the rule. */
export interface Refusal {
  /** Index of the file. */
  readonly file: number;
  /** Line, the header being 1; null where the rule is about the file as a whole. */
  readonly line: number | null;
  readonly rule: RegExp;
}

/** A fault put into a folder. */
export interface Fault {
  readonly name: string;
  /** Changes the draft, or the bytes of one of its files; null where the draft has no place for it. */
  readonly put: (folder: FolderDraft) => FaultPut | null;
}

export interface FaultPut {
  readonly refusal: Refusal;
  /** The text of the file instead of its cells', where the fault is one of form. */
  readonly text?: string | Uint8Array<ArrayBuffer>;
}

interface Place {
  readonly file: number;
  readonly draft: CsvDraft;
  /** Index into its cells, at least 1. */
  readonly line: number;
  readonly column: number;
}

/** A cell of one of these headers, or null if no file has them. */
function placeOf({ files, random }: FolderDraft, headers: RegExp): Place | null {
  const file = random.int(files.length), draft = files[file]!;
  const columns = draft.cells[0]!.flatMap((header, i) => headers.test(header) ? [i] : []);
  if (columns.length === 0) return null;
  return { file, draft, line: 1 + random.int(draft.cells.length - 1), column: oneOf(random, columns) };
}

/** A fault of one cell. */
function cell(name: string, headers: RegExp, values: readonly string[], rule: RegExp): Fault {
  return {
    name,
    put(folder) {
      const place = placeOf(folder, headers);
      if (place === null) return null;
      place.draft.cells[place.line]![place.column] = oneOf(folder.random, values);
      return { refusal: { file: place.file, line: place.line + 1, rule } };
    },
  };
}

/** A fault of the lines of one file. */
function lines(
  name: string,
  rule: RegExp,
  put: (draft: CsvDraft, line: number, folder: FolderDraft) => number | null,
): Fault {
  return {
    name,
    put(folder) {
      const file = folder.random.int(folder.files.length), draft = folder.files[file]!;
      const line = 2 + folder.random.int(draft.cells.length - 3); // neither the first nor the last row
      return { refusal: { file, line: put(draft, line, folder), rule } };
    },
  };
}

/** A fault of one file's bytes. */
function form(
  name: string,
  rule: RegExp,
  put: (
    text: string,
    draft: CsvDraft,
    folder: FolderDraft,
  ) => readonly [string | Uint8Array<ArrayBuffer>, number | null],
): Fault {
  return {
    name,
    put(folder) {
      const file = folder.random.int(folder.files.length), draft = folder.files[file]!;
      const [text, line] = put(textOf(draft), draft, folder);
      return { refusal: { file, line, rule }, text };
    },
  };
}

const PRICE = /^(open|high|low|close|(mark|index)_.*)$/;
const AMOUNT = /^(volume|turnover|oi_btc)$/;
const NUMBER = /^(open|high|low|close|(mark|index)_.*|volume|turnover|oi_btc|long_ratio|funding_rate)$/;
const TIME = /^timestamp_utc$/;
const FINITE = /a cell must be a finite number/, READS = /a time must read like/;

const cells: readonly Fault[] = [
  cell("a word", NUMBER, ["oops", "null", "None", "#N/A", "true"], FINITE),
  cell("nothing", NUMBER, [""], FINITE),
  cell("not a number", NUMBER, ["NaN", "nan", "-nan"], FINITE),
  cell("infinity", NUMBER, ["inf", "-inf", "Infinity", "1e999", "-1e400"], FINITE),
  cell("another base", NUMBER, ["0x10", "0b1", "0o7", "1p3"], FINITE),
  cell("grouped digits", NUMBER, ["1_000", "1'000", "1 000"], FINITE),
  cell("a blank", NUMBER, [" 1", "1 ", "\t1", "1\u00a0"], FINITE),
  cell("half a number", NUMBER, [
    "1.2.3",
    "--1",
    "+-1",
    "1e",
    "1e+",
    "e5",
    ".",
    "-",
    "+",
    "1-",
    "1e5.5",
    "1e5e5",
  ], FINITE),
  cell("a unit", NUMBER, ["1.5k", "5%", "$5", "1f", "1d5"], FINITE),
  cell("other digits", NUMBER, ["１２", "٣", "1\u200b", "²"], FINITE),
  cell("a control character", NUMBER, ["1\u0000", "\u001b[31m1", "1\u0007", "\u202e1"], FINITE),
  cell("far too many digits", NUMBER, ["1".repeat(65), `0.${"0".repeat(70)}1`], FINITE),
  cell("a price of 0", PRICE, ["0", "0.0", "-0", "0e9"], /a price must be positive/),
  cell("a negative price", PRICE, ["-1", "-0.5", "-1e-30"], /a price must be positive/),
  cell("a price beyond all markets", PRICE, ["1e308", "1e10", "9e99"], /a price must be in/),
  cell("a price below all markets", PRICE, ["5e-324", "1e-13", "1e-300"], /a price must be in/),
  cell("a negative amount", AMOUNT, ["-1", "-1e-9"], /must not be negative/),
  cell("an amount beyond all markets", AMOUNT, ["1e308", "1e19"], /an amount must be 0 or in/),
  cell("an amount below all markets", AMOUNT, ["5e-324", "1e-10"], /an amount must be 0 or in/),
  cell("absurd funding", /^funding_rate$/, ["1e308", "-1e308", "1.5", "-7"], /a funding rate is a fraction/),
  cell("a share out of range", /^long_ratio$/, ["1.2", "-0.1", "55"], /a share of accounts must be in/),
  cell("a word for a time", TIME, ["yesterday", "", "1636099200000", "2022-01-05"], READS),
  cell("hour 24", TIME, ["2022-01-05 24:00:00+00:00"], READS),
  cell("a day that is none", TIME, [
    "2022-02-30 00:00:00+00:00",
    "2023-02-29 04:00:00Z",
    "2022-13-01 00:00:00",
  ], READS),
  cell("minute 60", TIME, ["2022-01-05 04:60:00+00:00", "2022-01-05 04:00:60+00:00"], READS),
  cell("another zone", TIME, [
    "2022-01-05 04:00:00+01:00",
    "2022-01-05 04:00:00-00:30",
    "2022-01-05T04:00:00+0000",
  ], READS),
  cell("half a time", TIME, [
    "2022-01-05 04:00",
    "2022-01-05 4:00:00",
    "2022-01-05 04:00:00.5Z",
    "22-01-05 04:00:00",
  ], READS),
  cell(
    "a time off the grid",
    TIME,
    ["2022-01-05 01:00:00+00:00", "2022-01-05 04:00:01Z"],
    /must open at 00, 04, 08/,
  ),
  {
    name: "a high below its low",
    put(folder) {
      const place = placeOf(folder, /^(high|mark_high|index_high)$/);
      if (place === null) return null;
      const row = place.draft.cells[place.line]!, header = place.draft.cells[0]![place.column]!;
      const low = Number(row[place.draft.cells[0]!.indexOf(header.replace("high", "low"))]);
      row[place.column] = String(low * 0.999);
      return { refusal: { file: place.file, line: place.line + 1, rule: /high must be at least .*low/ } };
    },
  },
];

const rows: readonly Fault[] = [
  lines("a repeated bar", /each bar must appear once/, ({ cells }, line) => {
    cells.splice(line, 0, [...cells[line]!]);
    return line + 2;
  }),
  lines("bars out of order", /in order of time/, ({ cells }, line) => {
    cells.push(...cells.splice(line, 1));
    return cells.length;
  }),
  lines("a gap", /no bar may be missing \(1 missing/, ({ cells }, line) => {
    cells.splice(line, 1);
    return line + 1;
  }),
  lines("a surplus cell", /each line must have \d+ cells/, ({ cells }, line) => {
    cells[line]!.push("1");
    return line + 1;
  }),
  lines("a missing cell", /each line must have \d+ cells/, ({ cells }, line) => {
    cells[line]!.pop();
    return line + 1;
  }),
  lines("a decimal comma", /each line must have \d+ cells/, ({ cells }, line) => {
    cells[line]![1] += ",5";
    return line + 1;
  }),
  lines("an empty line", /each line must have \d+ cells/, ({ cells }, line) => {
    cells.splice(line, 0, [""]);
    return line + 1;
  }),
  lines("an empty line at the end", /each line must have \d+ cells/, ({ cells }) => {
    cells.push([""]);
    return cells.length;
  }),
  lines("a quote", /without quotes/, ({ cells }, line) => {
    cells[line]![0] = `"${cells[line]![0]}"`;
    return line + 1;
  }),
  lines("another separator", /each line must have \d+ cells/, ({ cells }, line, { random }) => {
    cells[line] = [cells[line]!.join(oneOf(random, [";", "\t", "|", " "]))];
    return line + 1;
  }),
  lines("a column named twice", /each column must be named once/, ({ cells }) => {
    const [header] = cells;
    header![0] = header![1]!;
    return 1;
  }),
  lines("a stray carriage return", /a carriage return must stand before the newline/, ({ cells }, line) => {
    cells[line]![0] += "\r";
    return line + 1;
  }),
];

const bytes: readonly Fault[] = [
  form(
    "no newline at the end",
    /the last line must end with a newline/,
    (text, { cells, lineEnd }) => [text.slice(0, -lineEnd.length), cells.length],
  ),
  form(
    "a file cut in its last cell",
    /the last line must end with a newline/,
    (text, { cells, lineEnd }) => [text.slice(0, -lineEnd.length - 1), cells.length],
  ),
  form("a file cut anywhere", /the last line must end with a newline/, (text, { lineEnd }, { random }) => {
    const second = text.indexOf(lineEnd) + lineEnd.length + 1; // behind the first letter of the first row
    const cut = text.slice(0, second + random.int(text.length - second - lineEnd.length));
    const whole = cut.endsWith("\n") ? cut.slice(0, -lineEnd.length) : cut;
    return [whole, whole.split("\n").length];
  }),
  form(
    "one line that ends otherwise",
    /must end alike|a carriage return must stand/,
    (text, draft, { random }) => {
      const { cells, lineEnd } = draft, line = 1 + random.int(cells.length - 1);
      const other = lineEnd === "\n" ? "\r\n" : "\n";
      const parts = text.split(lineEnd);
      const joined = parts.map((part, i) =>
        i === parts.length - 1 ? part : part + (i === line ? other : lineEnd)
      );
      return [joined.join(""), line + 1];
    },
  ),
  form("nothing at all", /must hold a header and bars/, () => ["", null]),
  form(
    "a header alone",
    /must hold a header and bars/,
    (text, { lineEnd }) => [text.slice(0, text.indexOf(lineEnd) + lineEnd.length), null],
  ),
  form(
    "two bytes a character",
    /must hold a header and bars|lacks timestamp_utc|must end with a newline/,
    (
      text,
    ) => [
      new Uint8Array([
        0xff,
        0xfe,
        ...[...text].flatMap((c) => [c.charCodeAt(0) & 255, c.charCodeAt(0) >> 8]),
      ]),
      null,
    ],
  ),
  form("a page of the web", /lacks timestamp_utc/, () => ["<html>\n<p>404 Not Found</p>\n</html>\n", null]),
];

/** Every fault. */
export const FAULTS: readonly Fault[] = [...cells, ...rows, ...bytes];
