/** The report that is due at an instant, whenever it is made. */
import { formatTime } from "../../core/time.ts";
import { periodIn } from "../period.ts";
import type { SessionReport } from "../../figures/session_report.ts";
import { sessionReport } from "../session_report.ts";
import { type ToldEvents, upToClose } from "../told_events.ts";
import type { ReportSchedule } from "./report_schedule.ts";

/** ms after which a report is late. */
const LATE_MS = 3_600_000;

/** Whose reports they are. */
export interface ReportOrigin {
  readonly session: string;
  readonly source: string;
  readonly synthetic: boolean;
  readonly startingEquity: number;
}

/**
 * The report of a schedule at one of its instants. It tells of closes up to the instant alone: made at once, after a
 * kill or days later it is the same, but for the warning that it is late.
 *
 * @param now When it is made by the session's clock, ms UTC; null where time stands still while nobody trades.
 * @returns Null if no bar had closed.
 */
export function dueReport(
  { session, source, synthetic, startingEquity }: ReportOrigin,
  told: ToldEvents,
  { days }: Pick<ReportSchedule, "days">,
  instant: number,
  now: number | null,
): SessionReport | null {
  const period = periodIn(upToClose(told, instant), startingEquity, days);
  if (period === null) return null;
  const report = sessionReport(session, period, source, synthetic);
  if (now === null || now - instant <= LATE_MS) return report;
  const late = {
    head: "Late",
    text: `This report was due at ${formatTime(instant)} and made at ${
      formatTime(now)
    } UTC: the session was down, or its bars did not come.`,
  };
  return { ...report, warnings: [late, ...report.warnings] };
}

/** Name of a report among those of its session, as its files have it: "daily-2025-03-01T0000". */
export function reportName({ name }: Pick<ReportSchedule, "name">, instant: number): string {
  return `${name}-${new Date(instant).toISOString().slice(0, 16).replace(":", "")}`;
}
