/** When reports of a session are due: schedules as data, their instants by the calendar (UTC). */
import { Cron } from "croner";
import { BAR_MS } from "../../core/universe.ts";
import { UserError } from "../../core/user_error.ts";

/** A report that comes again and again. */
export interface ReportSchedule {
  /** Part of the names of its reports. */
  readonly name: string;
  /** Minute, hour, day, month, day of the week (0 is Sunday), in UTC. */
  readonly cron: string;
  /** Days that a report tells of. */
  readonly days: number;
}

/** The schedules that have a name: at midnight, and at midnight between Sunday and Monday. */
export const REPORT_SCHEDULES: readonly ReportSchedule[] = [
  { name: "daily", cron: "0 0 * * *", days: 1 },
  { name: "weekly", cron: "0 0 * * 1", days: 7 },
];

/** Instants of a schedule that are looked at to see that they lie a bar apart: a week of any pattern by hours. */
const LOOKED_AT = 50;

/**
 * Reads "daily", "weekly", or "<days>@<five fields of cron>" as "3@30 8 * * 1,4".
 *
 * @throws {UserError} If it is none, or two of its reports would see the same closes.
 */
export function readSchedule(text: string): ReportSchedule {
  const named = REPORT_SCHEDULES.find(({ name }) => name === text);
  if (named !== undefined) return named;
  const [, days, cron = ""] = /^(\d{1,3})@(.+)$/.exec(text) ?? [];
  const schedule = { name: `${days}-days`, cron, days: Number(days) };
  if (days === undefined || schedule.days < 1 || !isPattern(cron)) {
    throw new UserError(
      "Cannot read --reports as it must be none, daily, weekly, or <days>@<five fields of cron, UTC> as " +
        `"3@30 8 * * 1,4": current value is ${text}`,
    );
  }
  const first = instantsOf(schedule, 0, Infinity, LOOKED_AT);
  const close = first.findIndex((time, i) => i > 0 && time - first[i - 1]! < BAR_MS);
  if (first.length === 0 || close !== -1) {
    throw new UserError(
      `Cannot read --reports as ${
        close === -1
          ? "its time must come"
          : "two reports must be four hours apart, or they would tell of the same closes"
      }: current value is ${text}`,
    );
  }
  return schedule;
}

/** Instants of a schedule after one and up to another, ms UTC, in order. @param most Of them. */
export function instantsOf(
  { cron }: Pick<ReportSchedule, "cron">,
  after: number,
  upTo: number,
  most = Infinity,
): readonly number[] {
  const calendar = patternOf(cron), found: number[] = [];
  for (let time = after; found.length < most;) {
    const next = calendar.nextRun(new Date(time))?.getTime();
    if (next === undefined || next > upTo) break;
    found.push(next);
    time = next;
  }
  return found;
}

/** The newest close that a report of an instant may tell of, ms UTC: bars close every four hours from midnight on. */
export function closeBefore(instant: number): number {
  return Math.floor(instant / BAR_MS) * BAR_MS;
}

function patternOf(cron: string): Cron {
  return new Cron(cron, { timezone: "UTC", mode: "5-part", paused: true }); // a calendar alone: it starts no timer
}

function isPattern(cron: string): boolean {
  try {
    patternOf(cron);
    return true;
  } catch (error) {
    if (error instanceof TypeError || error instanceof RangeError) return false; // its own words for a wrong pattern
    throw error;
  }
}
