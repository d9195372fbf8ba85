/** The flags that say who is told of a session, and when reports come. */
import { openNotifiers, type OpenRoute } from "../adapters/notify/open_notifiers.ts";
import { channelOf, readRoute } from "../admin/notices/route.ts";
import { readSchedule, REPORT_SCHEDULES, type ReportSchedule } from "../admin/reports/report_schedule.ts";
import { UserError } from "../core/user_error.ts";

export const NOTIFY_HELP = "tell alerts and reports: file:<path>, slack, mail; slack=critical sends less";
export const REPORTS_HELP =
  'reports: none, daily, weekly, "3@30 8 * * 1,4" (days@cron, UTC); with --notify daily and weekly';

/** The flags. */
export interface NotifyFlags {
  readonly notify: readonly string[];
  readonly reports: readonly string[];
}

/** Who is told, and when reports come. */
export interface NotifySettings {
  readonly routes: readonly OpenRoute[];
  readonly schedules: readonly ReportSchedule[];
}

/** Reads the flags and opens the channels. @throws {UserError} If a flag or a variable is wrong. */
export async function openedNotify({ notify, reports }: NotifyFlags): Promise<NotifySettings> {
  const routes = notify.map(readRoute);
  requireOnce(routes.map(channelOf), "--notify");
  const declared = notify.length > 0 ? REPORT_SCHEDULES : [];
  const asked = reports.filter((one) => one !== "none");
  if (asked.length < reports.length && reports.length > 1) {
    throw new UserError(
      `Cannot read --reports as none must stand alone: current value is ${reports.join(" ")}`,
    );
  }
  const schedules = reports.length === 0 ? declared : asked.map(readSchedule);
  requireOnce(schedules.map(({ name }) => name), "--reports");
  return { routes: await openNotifiers(routes, (name) => Deno.env.get(name)), schedules };
}

function requireOnce(names: readonly string[], flag: string): void {
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice === undefined) return;
  throw new UserError(`Cannot read ${flag} as each may be given once: current value is ${twice} twice`);
}
