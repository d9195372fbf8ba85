import { formatTime } from "../core/time.ts";
import { displayed } from "./displayed.ts";
import { count } from "./format.ts";
import type { Table } from "./table.ts";
import { plainText } from "./text.ts";

/** What a table of alerts needs of one. */
export interface AlertRow {
  /** Of the rule that was met. */
  readonly rule: string;
  /** critical, or warning. */
  readonly severity: string;
  /** ms UTC. */
  readonly time: number;
  /** What was seen. */
  readonly text: string;
  /** How often the rule was met, and silent, since its alert before. */
  readonly silenced: number;
}

/**
 * Alerts of a paper session, the newest first; critical ones are strong.
 *
 * @param limit Rows that are listed, an integer >= 0; the caption counts the rest.
 */
export function alertsTable(alerts: readonly AlertRow[], limit = 40): Table {
  const rest = Math.max(0, alerts.length - limit);
  return displayed({
    name: "alerts",
    title: "Alerts",
    caption: alerts.length === 0
      ? "No rule was met."
      : rest > 0
      ? `${count(rest)} older ones are left out.`
      : "",
    columns: [
      { label: "Time (UTC)", align: "left", hint: "Newest close when it became known" },
      { label: "Severity", align: "left", hint: "critical: look now; warning: look today" },
      { label: "Rule", align: "left", hint: "Which rule was met" },
      { label: "What was seen", align: "left", hint: "When the rule was met" },
      {
        label: "More",
        align: "right",
        hint: "How often it was met since its alert before, within its cooldown",
      },
    ],
    rows: [...alerts].reverse().slice(0, limit).map(({ time, severity, rule, text, silenced }) => ({
      cells: [formatTime(time), severity, rule, text, silenced === 0 ? "" : count(silenced)].map(plainText),
      strong: severity === "critical",
    })),
  });
}
