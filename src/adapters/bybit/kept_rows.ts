/**
 * Rows of a coin that need not be fetched: those of its CSV, and those that an earlier fetch brought and did not come
 * to put there, one line each, which is forced to disk page by page.
 */
import { basename, dirname, join, resolve } from "node:path";
import { printable } from "../../core/printable.ts";
import { BAR_MS, type Coin } from "../../core/universe.ts";
import { UserError } from "../../core/user_error.ts";
import { readBybitFile } from "../bars/bybit_file.ts";
import { CSV_COLUMNS, csvFileName, TIME_HEADER } from "../bars/csv_columns.ts";
import { parseTime } from "../bars/csv_times.ts";
import { appendToDisk, completeLines } from "../files/atomic_file.ts";
import { exists } from "../runs/run_places.ts";

/**
 * Where a fetch under way keeps what it has brought, beside the folder of the CSVs: that one is not there before whole
 * files are in it, or runs would look for bars in it.
 */
export function workFolder(folder: string): string {
  return join(dirname(resolve(folder)), `.${basename(resolve(folder))}.fetch`);
}

/** First line of every CSV that is written. */
export const HEADER_LINE = [TIME_HEADER, ...CSV_COLUMNS.map(({ header }) => header)].join(",");

/** Lines of CSV by the time at which their bar opens, ms UTC. */
export type Rows = ReadonlyMap<number, string>;

/**
 * Rows of a coin's CSV in a folder; none if there is no such file.
 *
 * @param step Bar length, ms; files of the house's bars are read by every rule of the reader.
 * @throws {UserError} If the file has not exactly the columns that are fetched, or breaks a rule.
 */
export function rowsOfFile(folder: string, coin: Coin, step: number): Rows {
  const file = join(folder, csvFileName(coin));
  if (!exists(file)) return new Map();
  if (step === BAR_MS) readBybitFile(file, coin);
  const [header, ...lines] = completeLines(Deno.readTextFileSync(file));
  if (header !== HEADER_LINE) {
    throw new UserError(
      `Cannot go on from ${printable(file)} as its header must name the ${
        CSV_COLUMNS.length + 1
      } columns that are ` +
        `fetched, in their order: it reads ${
          printable(header ?? "", 80)
        }. Fetch into another folder (--out).`,
    );
  }
  return byTime(lines, file);
}

/** Rows that an earlier fetch of such bars brought; a line that a kill cut is left out. */
export function rowsOfPart(folder: string, coin: Coin, step: number): Rows {
  const file = partOf(folder, coin, step);
  return exists(file) ? byTime(completeLines(Deno.readTextFileSync(file)), file) : new Map();
}

/** Keeps rows of a fetch under way. */
export function keepRows(folder: string, coin: Coin, step: number, lines: readonly string[]): void {
  Deno.mkdirSync(workFolder(folder), { recursive: true });
  const file = partOf(folder, coin, step);
  const cut = exists(file) && !Deno.readTextFileSync(file).endsWith("\n") ? "\n" : ""; // a kill's; nobody reads it
  appendToDisk(file, `${cut}${lines.join("\n")}\n`);
}

function partOf(folder: string, coin: Coin, step: number): string {
  return join(workFolder(folder), `${coin}.${step}.part`);
}

function byTime(lines: readonly string[], file: string): Rows {
  const encoder = new TextEncoder();
  const rows = new Map<number, string>();
  lines.forEach((line, i) => {
    const cells = line.split(",");
    const text = encoder.encode(cells[0]!);
    const time = parseTime(text, 0, text.length);
    if (Number.isNaN(time) || cells.length !== CSV_COLUMNS.length + 1) {
      if (file.endsWith(".part")) return; // cut by a kill: fetched again
      throw new UserError(
        `Cannot go on from ${printable(file)} as line ${i + 2} must be a bar: ${printable(line, 60)}`,
      );
    }
    rows.set(time, line);
  });
  return rows;
}
