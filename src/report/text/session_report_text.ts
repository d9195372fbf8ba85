/** The report of a session's last days as text. */
import type { SessionReport } from "../../figures/session_report.ts";
import { answerText } from "./answers_text.ts";
import { paragraph } from "./paragraph.ts";
import { textTable } from "./run_text.ts";

/** Warnings first, then answers and tables. */
export function sessionReportText(report: SessionReport): string {
  const { title, subtitle, source, warnings, answers, tables } = report;
  return [
    title,
    paragraph(subtitle),
    ...[...source, ...warnings].map(({ head, text }) => paragraph(`!! ${head}: ${text}`, "", "   ")),
    ...answers.flatMap((answer) => ["", answerText(answer)]),
    ...tables.flatMap(({ rows, title: head, caption }, i) => [
      "",
      head,
      ...(rows.length > 0 ? [textTable(tables[i]!)] : []),
      ...(caption === "" ? [] : [paragraph(caption, "  ")]),
    ]),
  ].join("\n");
}
