import { formatTime } from "../../core/time.ts";
import { BAR_MS } from "../../core/universe.ts";
import { TIME_HEADER } from "./csv_columns.ts";
import { BybitCsvError, FIRST_LINE } from "./csv_error.ts";

const TIME_FORMAT = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)(?:\.0+)?(?:Z|\+00:00)?$/;

/** ms UTC of "2021-11-05 08:00:00+00:00"; NaN for anything else. */
export function parseTime(text: string | null): number {
  const match = TIME_FORMAT.exec(text ?? "");
  return match ? Date.parse(`${match[1]}T${match[2]}Z`) : NaN;
}

/**
 * What open times must be: a grid without gaps.
 *
 * @param require Told each rule and at which rows it holds; throws at the first that does not.
 */
export function requireTimes(
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

/** Each file has an even grid by now, so equal ends mean equal times. */
export function requireSameTimes(
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
