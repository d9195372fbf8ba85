/** Whole files of what was there and what was fetched, and how they take their places. */
import { join } from "node:path";
import { BAR_MS, type Coin } from "../../core/universe.ts";
import { readBybitFolder } from "../bars/bybit_csv.ts";
import { csvFileName } from "../bars/csv_columns.ts";
import { writeFileAtomic } from "../files/atomic_file.ts";
import { exists } from "../runs/run_places.ts";
import { HEADER_LINE, type Rows, workFolder } from "./kept_rows.ts";
import type { Span } from "./pages.ts";

/** Rows of a file and of what was fetched, which goes before, in order of time. */
export function joined(file: Rows, part: Rows, { from, to }: Span): Rows {
  const rows = [...new Map([...file, ...part])].filter(([time]) => time >= from && time < to);
  return new Map(rows.sort(([a], [b]) => a - b));
}

/** Whole files take the places of the old ones once all of them are there and read well. */
export async function putInPlace(
  folder: string,
  coins: readonly Coin[],
  rows: readonly Rows[],
  step: number,
): Promise<void> {
  const work = workFolder(folder), staging = join(work, "whole");
  for (const [i, coin] of coins.entries()) {
    await writeFileAtomic(
      join(staging, csvFileName(coin)),
      [HEADER_LINE, ...rows[i]!.values(), ""].join("\n"),
    );
  }
  if (step === BAR_MS) readBybitFolder(staging, coins);
  if (exists(folder)) {
    for (const file of coins.map(csvFileName)) await Deno.rename(join(staging, file), join(folder, file));
  } else await Deno.rename(staging, folder);
  for (const { name } of Deno.readDirSync(work)) {
    if (name !== "lock") await Deno.remove(join(work, name), { recursive: true });
  }
}

const INTEREST = HEADER_LINE.split(",").indexOf("oi_btc"),
  RATIO = HEADER_LINE.split(",").indexOf("long_ratio");

/** True if the exchange does not know the open interest or the long ratio of a row. */
export function isUnknown(line: string): boolean {
  const cells = line.split(",");
  return Number(cells[INTEREST]) === 0 || Number(cells[RATIO]) === 0;
}

/** True if two rows hold the same numbers, however they are written. */
export function sameNumbers(one: string, other: string): boolean {
  const a = one.split(","), b = other.split(",");
  return a.slice(1).every((cell, i) =>
    Math.abs(Number(cell) - Number(b[i + 1])) <= 1e-9 * Math.abs(Number(cell))
  );
}
