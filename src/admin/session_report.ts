/** The report of a session's last days as data: what a text and a page are made of. */
import { formatTime } from "../core/time.ts";
import { alertsTable } from "../figures/alerts_table.ts";
import { count } from "../figures/format.ts";
import { sessionEquityFigure } from "../figures/session_equity.ts";
import type { SessionReport } from "../figures/session_report.ts";
import { coinsTable, positionsTable } from "../figures/session_tables.ts";
import { alertRows } from "./alert_text.ts";
import type { Period } from "./period.ts";
import { periodAnswers } from "./period_answers.ts";

/** @param source Where the bars come from, in words. */
export function sessionReport(
  session: string,
  period: Period,
  source: string,
  synthetic: boolean,
): SessionReport {
  const { days, from, to, alerts, bars } = period;
  const line = {
    subtitle: source,
    times: [from, ...bars.map(({ time }) => time)],
    equity: [period.equityBefore, ...bars.map(({ equity }) => equity)],
    alerts: alerts.map(({ time }) => time),
  };
  const critical = alerts.filter(({ severity }) => severity === "critical");
  return {
    title: `Paper session ${session}: ${days === 1 ? "one day" : `${days} days`}`,
    subtitle: `${formatTime(from)} to ${formatTime(to)} UTC. ${source}`,
    source: synthetic
      ? [{ head: "Synthetic data", text: "No number here says anything about a real market." }]
      : [],
    warnings: critical.slice(-3).map(({ rule, text, time }) => ({
      head: rule,
      text: `${formatTime(time)} UTC: ${text}.`,
    })).concat(
      critical.length > 3
        ? [{ head: "Alerts", text: `${count(critical.length - 3)} critical ones came before.` }]
        : [],
    ),
    answers: periodAnswers(period),
    equity: sessionEquityFigure(line),
    narrowEquity: sessionEquityFigure(line, "phone"),
    tables: [
      alertsTable(alertRows(alerts)),
      coinsTable(period.coins),
      positionsTable(bars.at(-1)!.positions),
    ],
  };
}
