/** One trial of the reader: a folder that is drawn, with a fault or without, and whether the reader does it justice. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { readBybitFolder } from "popagent/adapters/bars/bybit_csv.ts";
import { CSV_COLUMNS, csvFileName } from "popagent/adapters/bars/csv_columns.ts";
import { BybitCsvError } from "popagent/adapters/bars/csv_error.ts";
import { UserError } from "popagent/core/user_error.ts";
import { type FaultPut, FAULTS } from "./faults.ts";
import { FOLDER_FAULTS } from "./folder_faults.ts";
import { type CsvDraft, type FolderDraft, lawfulFolder, oneOf, textOf } from "./valid_folder.ts";

/** What a trial was and what came of it. */
export interface Trial {
  readonly kind: string;
  readonly accepted: boolean;
}

const ALL = [...FAULTS, ...FOLDER_FAULTS];
/** Every kind of trial that can be drawn. */
export const KINDS = ["lawful", "unknown values", ...ALL.map(({ name }) => name)];

/** Runs trial number `seed` in an empty folder. Throws where the reader was wrong. */
export function runTrial(seed: number, folder: string): Trial {
  const draft = lawfulFolder(seed), { files, random } = draft;
  const kind = random.uniform() < 0.2 ? "lawful" : oneOf(random, KINDS);
  const fault = ALL.find(({ name }) => name === kind);
  if (kind === "unknown values") putUnknown(draft);
  const put = fault?.put(draft) ?? null;
  files.forEach((file, i) => {
    const text = put?.text !== undefined && put.refusal.file === i ? put.text : textOf(file);
    const path = join(folder, csvFileName(file.coin));
    if (typeof text === "string") Deno.writeTextFileSync(path, text);
    else Deno.writeFileSync(path, text);
  });
  if (put === null) requireRead(folder, draft);
  else requireRefused(folder, draft, put);
  return { kind: put === null && fault ? "lawful" : kind, accepted: put === null };
}

/** Zeros where the exchange does not know, and derived cells that are no numbers. */
function putUnknown({ files, random }: FolderDraft): void {
  for (const { cells } of files) {
    for (const [at, header] of cells[0]!.entries()) {
      const line = cells[1 + random.int(cells.length - 1)]!;
      if (header === "oi_btc" || header === "long_ratio") line[at] = oneOf(random, ["0", "0.0", "-0", "0e5"]);
      if (header === "basis" || header === "oi_usd") line[at] = oneOf(random, ["", "nan", "x"]);
      if (header === "volume" || header === "turnover") line[at] = "0";
    }
  }
}

function requireRefused(folder: string, { files }: FolderDraft, { refusal }: FaultPut): void {
  const { file, line, rule } = refusal;
  const coins = files.map(({ coin }) => coin);
  let error: unknown = null;
  try {
    readBybitFolder(folder, coins);
  } catch (thrown) {
    error = thrown;
  }
  assert.ok(error instanceof UserError || error instanceof RangeError, `accepted, or broke: ${error}`);
  assert.match(error.message, rule);
  // deno-lint-ignore no-control-regex
  assert.doesNotMatch(error.message, /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e]/);
  assert.ok(error.message.includes(join(folder, csvFileName(coins[file]!))), error.message);
  if (line === null) return;
  assert.ok(error instanceof BybitCsvError && error.line === line, `line ${line}, not: ${error.message}`);
}

/** What the language makes of a cell's text is what the reader must make of it. */
function requireRead(folder: string, { files }: FolderDraft): void {
  const read = readBybitFolder(folder, files.map(({ coin }) => coin));
  files.forEach((file, i) => {
    const bars = read.coins[i]!, derived = read.derived[i]!;
    assertColumn(read.openTime, columnOf(file, "timestamp_utc")!.map(timeOf), "timestamp_utc");
    for (const one of CSV_COLUMNS) {
      const cells = columnOf(file, one.header);
      if ("derived" in one) {
        const values = cells?.map((text) => /^[-+.\d]/.test(text) ? Number(text) : NaN);
        if (values) assertColumn(derived[one.derived]!, values, one.header);
        else assert.equal(derived[one.derived], undefined);
      } else if (cells) {
        const zero = one.column === "openInterest" || one.column === "longRatio" ? NaN : 0;
        const values = cells.map(Number).map((value) => value === 0 ? zero : value);
        assertColumn(bars[one.column], values, one.header);
      }
      if ("column" in one) assert.equal(read.missing.includes(one.column), cells === null, one.header);
    }
  });
}

function columnOf({ cells: [header, ...rows] }: CsvDraft, name: string): string[] | null {
  const at = header!.indexOf(name);
  return at < 0 ? null : rows.map((row) => row[at]!);
}

function timeOf(text: string): number {
  return Date.parse(`${text.slice(0, 10)}T${text.slice(11, 19)}Z`);
}

function assertColumn(actual: Float64Array, expected: readonly number[], what: string): void {
  assert.equal(actual.length, expected.length, what);
  const odd = expected.findIndex((value, row) => !Object.is(actual[row], value));
  if (odd >= 0) assert.fail(`${what} row ${odd} is ${actual[odd]}, not ${expected[odd]}`);
}
