/** An alert in words, for a console and for tables. */
import { formatTime } from "../core/time.ts";
import type { AlertRow } from "../figures/alerts_table.ts";
import { count } from "../figures/format.ts";
import type { Alert } from "./alert.ts";

/** What an alert says, without its time. */
export function alertText({ text, silenced }: Pick<Alert, "text" | "silenced">): string {
  return silenced === 0 ? text : `${text}; ${count(silenced)} more since the alert before`;
}

/** An alert in a line, as a session under way says it. */
export function alertLine(alert: Alert): string {
  return `${formatTime(alert.time)}  !! ${alert.severity} ${alert.rule}: ${alertText(alert)}`;
}

/** Alerts as a table takes them. */
export function alertRows(alerts: readonly Alert[]): readonly AlertRow[] {
  return alerts.map(({ rule, severity, time, text, silenced }) => ({ rule, severity, time, text, silenced }));
}
