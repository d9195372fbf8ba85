/** The bars of one coin from several files, without a gap and without a bar twice. */
import { formatTime } from "../../core/time.ts";
import { BAR_MS } from "../../core/universe.ts";
import { UserError } from "../../core/user_error.ts";
import type { TradedColumns } from "../../market/resample.ts";
import { TRADED_NAMES } from "./layout.ts";
import type { PlainFile } from "./plain_file.ts";

/** Bars in order of time. */
export interface JoinedBars {
  /** Length of a bar, ms; divides the house's. */
  readonly step: number;
  readonly openTime: Float64Array;
  readonly columns: TradedColumns;
}

/**
 * Puts files in order of their first bars and joins them.
 *
 * @throws {UserError} If a bar is missing, twice or out of order, files have other columns, or their bars do not
 *   divide the house's.
 */
export function joinFiles(files: readonly PlainFile[]): JoinedBars {
  const ordered = files.toSorted((a, b) => a.openTime[0]! - b.openTime[0]!);
  requireSameColumns(ordered);
  const step = stepOf(ordered);
  let before: { readonly file: PlainFile; readonly time: number } | null = null;
  for (const file of ordered) {
    for (let row = 0; row < file.openTime.length; row++) {
      const time = file.openTime[row]!;
      const rule = before === null
        ? gridRule(time, step)
        : orderRule(before, file, time, step) ?? gridRule(time, step);
      if (rule !== null) throw file.refuse(row, "time", formatTime(time), rule);
      before = { file, time };
    }
  }
  const joined = (parts: readonly Float64Array[]) => {
    const out = new Float64Array(parts.reduce((sum, part) => sum + part.length, 0));
    let at = 0;
    for (const part of parts) {
      out.set(part, at);
      at += part.length;
    }
    return out;
  };
  const names = namesOf(ordered[0]!);
  return {
    step,
    openTime: joined(ordered.map(({ openTime }) => openTime)),
    columns: Object.fromEntries(
      names.map((name) => [name, joined(ordered.map(({ columns }) => columns[name]!))]),
    ) as unknown as TradedColumns,
  };
}

const namesOf = ({ columns }: PlainFile) => TRADED_NAMES.filter((name) => columns[name] !== undefined);

/** The length of a bar: the shortest step there is between two rows of a file. */
function stepOf(files: readonly PlainFile[]): number {
  let step = Infinity;
  for (const { openTime } of files) {
    for (let row = 1; row < openTime.length; row++) {
      const one = Math.abs(openTime[row]! - openTime[row - 1]!); // of rows out of order too: that is said of a line
      if (one > 0) step = Math.min(step, one);
    }
  }
  if (step <= BAR_MS && BAR_MS % step === 0) return step;
  throw new UserError(
    `Cannot import ${files[0]!.file} as its bars must be as long as PopAgent's, ${
      BAR_MS / 60_000
    } minutes, or divide ` +
      `them: ${
        Number.isFinite(step)
          ? `they are ${step / 60_000} minutes long`
          : "one bar does not tell how long a bar is"
      }`,
  );
}

function gridRule(time: number, step: number): string | null {
  return time % step === 0 ? null : `a bar of ${step / 60_000} minutes must open on its grid from 00:00 UTC`;
}

function orderRule(
  before: { readonly file: PlainFile; readonly time: number },
  file: PlainFile,
  time: number,
  step: number,
): string | null {
  const of = before.file === file ? "the line above" : `the end of ${before.file.file}`;
  if (time === before.time) return `each bar must appear once (this one repeats ${of})`;
  if (time < before.time) return `bars must be in order of time, each once (this one opens before ${of})`;
  if (time === before.time + step) return null;
  const missing = (time - before.time) / step - 1;
  return `no bar may be missing (${Number.isInteger(missing) ? missing : "some"} missing after ${
    formatTime(before.time)
  })`;
}

function requireSameColumns(files: readonly PlainFile[]): void {
  const [first] = files;
  const odd = files.find((file) => namesOf(file).join() !== namesOf(first!).join());
  if (!odd) return;
  throw new UserError(
    `Cannot import ${odd.file} as all files must hold the same columns: it has ${namesOf(odd).join(", ")}, ` +
      `${first!.file} has ${namesOf(first!).join(", ")}`,
  );
}
