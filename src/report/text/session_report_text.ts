/** The report of a session's last days as text. */
import type { Warning } from "../../figures/headline.ts";
import type { Answer } from "../../figures/learning_answer.ts";
import type { Table } from "../../figures/table.ts";
import { answerText } from "./answers_text.ts";
import { paragraph } from "./paragraph.ts";
import { textTable } from "./run_text.ts";

/** What it is made of. */
export interface SessionReportParts {
  readonly title: string;
  readonly subtitle: string;
  readonly source: readonly Warning[];
  readonly warnings: readonly Warning[];
  readonly answers: readonly Answer[];
  readonly tables: readonly Table[];
}

/** Warnings first, then answers and tables. */
export function sessionReportText(parts: SessionReportParts): string {
  const { title, subtitle, source, warnings, answers, tables } = parts;
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
