/** A report as a notice. */
import type { SessionReport } from "../../figures/session_report.ts";
import type { NoticeOrigin } from "./alert_notice.ts";
import type { Notice } from "./notice.ts";

/**
 * The notice of a report.
 *
 * @param name Unique among the session's reports.
 * @param time When it was due, ms UTC.
 * @param text The whole report as plain text.
 * @param files Paths of the files that hold it.
 */
export function reportNotice(
  { session, source }: NoticeOrigin,
  name: string,
  time: number,
  report: Pick<SessionReport, "title" | "warnings" | "answers">,
  text: string,
  files: readonly string[],
): Notice {
  return {
    id: `${session}/report-${name}`,
    kind: "report",
    severity: null,
    session,
    source,
    time,
    title: report.title,
    sections: [
      ...report.warnings.map(({ head, text }) => ({ head: `!! ${head}`, text })),
      ...report.answers.map(({ question, short, sentences }) => ({
        head: question,
        text: [short, ...sentences].join(" "),
      })),
    ],
    facts: [],
    text,
    files,
  };
}
