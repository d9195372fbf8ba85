/** Times as other programs write them: counts since 1970 in one of three units, or text with its zone. */
import { parseTime } from "../bars/csv_times.ts";

/** How the times of a file are written. */
export interface TimeForm {
  readonly name: string;
  /** ms UTC of what a cell holds; NaN if it is of another form. */
  readonly read: (bytes: Uint8Array, from: number, to: number) => number;
}

/** Years in which a count is taken for a time: of no instant in them do two units write the same number. */
const FIRST = Date.UTC(2009, 0), LAST = Date.UTC(2100, 0);

/** What each unit's count is multiplied by, or divided, to give ms. */
const UNITS = [["seconds", 1000, 1], ["milliseconds", 1, 1], ["microseconds", 1, 1000]] as const;

const ZERO = 48, NINE = 57;

/** A count as a number; NaN for anything but up to 16 digits, with zeros behind a point or none. */
function countOf(bytes: Uint8Array, from: number, to: number): number {
  let value = 0, at = from;
  for (; at < to && bytes[at]! >= ZERO && bytes[at]! <= NINE; at++) value = 10 * value + bytes[at]! - ZERO;
  if (at === from || at - from > 16) return NaN;
  const tail = String.fromCharCode(...bytes.subarray(at, Math.min(to, at + 20)));
  return tail === "" || /^\.0+$/.test(tail) ? value : NaN;
}

const counted: readonly TimeForm[] = UNITS.map(([name, times, over]) => ({
  name,
  read: (bytes, from, to) => {
    const time = countOf(bytes, from, to) * times / over;
    return Number.isInteger(time) && time >= FIRST && time < LAST ? time : NaN;
  },
}));

const zoned: TimeForm = {
  name: "text with its zone (2021-11-05 08:00:00+00:00)",
  read: (bytes, from, to) => endsInZone(bytes, to) ? parseTime(bytes, from, to) : NaN,
};
const unzoned: TimeForm = { name: "text in UTC (2021-11-05 08:00:00)", read: parseTime };

function endsInZone(bytes: Uint8Array, to: number): boolean {
  const tail = String.fromCharCode(...bytes.subarray(Math.max(0, to - 6), to));
  return tail.endsWith("Z") || tail === "+00:00";
}

/**
 * The form of a file's times, told by its first; null if it is none.
 *
 * @param utc True if text without a zone is known to be UTC.
 */
export function timeFormOf(bytes: Uint8Array, from: number, to: number, utc: boolean): TimeForm | null {
  const forms = [...counted, zoned, ...(utc ? [unzoned] : [])];
  return forms.find(({ read }) => !Number.isNaN(read(bytes, from, to))) ?? null;
}

/** What is said of a time that has no known form. */
export const TIME_RULE =
  "a time must count seconds, milliseconds or microseconds since 1970 (2009 to 2099), or name its " +
  "zone, UTC (2021-11-05 08:00:00+00:00); if text without a zone is UTC, give --utc";
