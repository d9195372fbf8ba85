import { formatTime } from "../../core/time.ts";
import { BAR_MS } from "../../core/universe.ts";
import { TIME_HEADER } from "./csv_columns.ts";
import { BybitCsvError } from "./csv_error.ts";
import { lineOf } from "./csv_table.ts";

const ZERO = 48, NINE = 57;
/** "2021-11-05 08:00:00", a digit where there is one; between day and hour a blank or a T. */
const PATTERN = "dddd-dd-dd dd:dd:dd";
const CODES = Uint8Array.from(PATTERN, (_, i) => PATTERN.charCodeAt(i));
const DIGIT = 100, BLANK = 32, LETTER_T = 84;
const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const UTC = Array.from("+00:00", (letter) => letter.charCodeAt(0));
/** What may follow: nothing, or a fraction of 0, and UTC. */
const TAIL = /^(?:\.0+)?(?:Z|\+00:00)?$/;

/**
 * ms UTC of "2021-11-05 08:00:00+00:00" in bytes from..to-1; NaN for anything else. Strict: the day must be in the
 * calendar, and hours go to 23, so "24:00:00" is not read as the next day.
 */
export function parseTime(bytes: Uint8Array, from: number, to: number): number {
  if (to - from < PATTERN.length) return NaN;
  for (let i = 0; i < PATTERN.length; i++) {
    const code = bytes[from + i]!, wanted = CODES[i]!;
    const holds = wanted === DIGIT
      ? code >= ZERO && code <= NINE
      : code === wanted || (wanted === BLANK && code === LETTER_T);
    if (!holds) return NaN;
  }
  if (!endsInUtc(bytes, from + PATTERN.length, to)) return NaN;
  const year = 100 * two(bytes, from) + two(bytes, from + 2), month = two(bytes, from + 5);
  const day = two(bytes, from + 8);
  const hour = two(bytes, from + 11), minute = two(bytes, from + 14), second = two(bytes, from + 17);
  if (year < 1970 || month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return NaN;
  if (hour > 23 || minute > 59 || second > 59) return NaN;
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

/** The number that two digits from `at` on write. */
function two(bytes: Uint8Array, at: number): number {
  return 10 * (bytes[at]! - ZERO) + bytes[at + 1]! - ZERO;
}

/** True if what is left of a time is nothing, or a fraction of 0, and UTC. */
function endsInUtc(bytes: Uint8Array, from: number, to: number): boolean {
  const usual = to - from === UTC.length;
  if (usual && UTC.every((code, i) => bytes[from + i] === code)) return true;
  return to - from <= 41 && TAIL.test(String.fromCharCode(...bytes.subarray(from, to)));
}

function daysIn(year: number, month: number): number {
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return month === 2 && leap ? 29 : DAYS[month - 1]!;
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
    throw new BybitCsvError(file, lineOf(row), TIME_HEADER, formatTime(time[row]!), rule, 1);
  };
  if (time[0] !== firstTime[0]) refuse(0, "starts", firstTime[0]!);
  if (time.length !== firstTime.length) refuse(time.length - 1, "ends", firstTime[firstTime.length - 1]!);
}
