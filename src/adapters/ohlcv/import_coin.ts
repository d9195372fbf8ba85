/** Plain files of another source as a CSV that PopAgent reads. */
import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { printable } from "../../core/printable.ts";
import { formatTime } from "../../core/time.ts";
import { BAR_MS, type Coin } from "../../core/universe.ts";
import { UserError } from "../../core/user_error.ts";
import { completeBars, missingColumns } from "../../market/complete_bars.ts";
import type { ColumnName } from "../../market/panel.ts";
import { resample } from "../../market/resample.ts";
import { readBybitFile } from "../bars/bybit_file.ts";
import { bybitCsv } from "../bars/bybit_csv_writer.ts";
import { csvFileName } from "../bars/csv_columns.ts";
import { writeFileAtomic } from "../files/atomic_file.ts";
import { requireWritableFolder } from "../files/writable_folder.ts";
import { exists } from "../runs/run_places.ts";
import { type JoinedBars, joinFiles } from "./join_files.ts";
import { readPlainFile } from "./plain_file.ts";

/** What is to be imported. */
export interface ImportRequest {
  readonly files: readonly string[];
  readonly coin: Coin;
  readonly folder: string;
  /** Bars from `from` on and before `to`, ms UTC; null for all. */
  readonly from: number | null;
  readonly to: number | null;
  /** True if times without a zone are UTC. */
  readonly utc: boolean;
  /** Now, ms UTC: a bar that has not closed is left out. */
  readonly now: number;
}

/** What an import did. */
export interface ImportReport {
  readonly file: string;
  readonly rows: number;
  /** First and last open, ms UTC. */
  readonly from: number;
  readonly to: number;
  /** Length of the source's bars, ms. */
  readonly step: number;
  /** Columns of PopAgent's bars that the source does not have. */
  readonly missing: readonly ColumnName[];
  /** Headers of the source that were passed over. */
  readonly unread: readonly string[];
  /** Rows of the source that had not closed, and rows at its ends that make no whole bar. */
  readonly running: number;
  readonly before: number;
  readonly after: number;
}

/**
 * Reads files, joins them, makes the house's bars of them and writes the coin's CSV into a folder.
 *
 * @throws {UserError} If a file is ambiguous or breaks a rule, no whole bar is left, or the coin's CSV is there.
 */
export async function importCoin(request: ImportRequest): Promise<ImportReport> {
  const { files, coin, folder, utc, now } = request;
  const path = join(folder, csvFileName(coin));
  if (exists(path)) {
    throw new UserError(
      `Cannot import ${coin} as ${printable(path)} must not be there: bars are never written over others. ` +
        "Move it away, or give another folder (--out).",
    );
  }
  const read = files.map((file) => readPlainFile(file, utc));
  const whole = joinFiles(read);
  const closed = rowsOf(whole, -Infinity, now - whole.step + 1);
  const { openTime, columns, step } = rowsOf(closed, request.from ?? -Infinity, request.to ?? Infinity);
  const bars = openTime.length < 2
    ? { openTime: new Float64Array(), columns, before: openTime.length, after: 0 }
    : resample(openTime, columns, BAR_MS);
  if (bars.openTime.length === 0) {
    const span = openTime.length === 0 ? "" : ` (${openTime.length} from ${formatTime(openTime[0]!)} UTC on)`;
    throw new UserError(
      `Cannot import ${coin} as the files must make a whole bar of ${
        BAR_MS / 3_600_000
      } h: too few rows${span}`,
    );
  }
  await requireWritableFolder(folder);
  const missing = missingColumns(bars.columns);
  const text = bybitCsv(completeBars(coin, bars.columns), bars.openTime, missing);
  const temporary = join(folder, `.${coin}.${randomUUID()}.csv`);
  try {
    await writeFileAtomic(temporary, text);
    readBybitFile(temporary, coin);
    await Deno.rename(temporary, path);
  } catch (error) {
    await Deno.remove(temporary).catch(() => {});
    throw error;
  }
  return {
    file: path,
    rows: bars.openTime.length,
    from: bars.openTime[0]!,
    to: bars.openTime.at(-1)!,
    step,
    missing,
    unread: [...new Set(read.flatMap(({ unread }) => unread))],
    running: whole.openTime.length - closed.openTime.length,
    before: bars.before,
    after: bars.after,
  };
}

/** The rows that open from `from` on and before `to`. */
function rowsOf({ step, openTime, columns }: JoinedBars, from: number, to: number): JoinedBars {
  const first = openTime.findIndex((time) => time >= from),
    last = openTime.findLastIndex((time) => time < to);
  const [start, end] = first < 0 ? [0, 0] : [first, Math.max(first, last + 1)];
  return {
    step,
    openTime: openTime.subarray(start, end),
    columns: Object.fromEntries(
      Object.entries(columns).map(([name, values]) => [name, (values as Float64Array).subarray(start, end)]),
    ) as unknown as JoinedBars["columns"],
  };
}
