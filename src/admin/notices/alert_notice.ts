/** An alert as a notice. */
import { formatTime } from "../../core/time.ts";
import { count, decimal, percent } from "../../figures/format.ts";
import type { Alert } from "../alert.ts";
import { alertText } from "../alert_text.ts";
import type { Notice } from "./notice.ts";

/** Whose notices they are. */
export interface NoticeOrigin {
  /** Name of the session's folder. */
  readonly session: string;
  /** Where its bars come from, in words. */
  readonly source: string;
}

/**
 * The notice of an alert.
 *
 * @param event Place of the event that raised it among the session's events, 0-based: with the rule it names the alert.
 */
export function alertNotice({ session, source }: NoticeOrigin, alert: Alert, event: number): Notice {
  const { rule, severity, time, value, threshold, unit } = alert;
  const what = alertText(alert), title = `${severity.toUpperCase()} ${rule}: ${what}`;
  const facts = [
    { name: "Session", value: session },
    { name: "Time", value: `${formatTime(time)} UTC` },
    { name: "Read", value: inUnit(value, unit) },
    { name: "Rule", value: `${inUnit(threshold, unit)}` },
  ];
  return {
    id: `${session}/alert-${event}-${rule}`,
    kind: "alert",
    severity,
    session,
    source,
    time,
    title,
    sections: [{ head: "", text: `${what}.` }],
    facts,
    text: [title, source, ...facts.map(({ name, value }) => `${name}: ${value}`)].join("\n"),
    files: [],
  };
}

function inUnit(value: number, unit: Alert["unit"]): string {
  if (unit === "fraction") return percent(value);
  return unit === "times" ? count(value) : `${decimal(value)} ${unit}`;
}
