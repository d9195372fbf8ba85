/** The report of a paper session: one HTML page that needs no network and no script. */
import type { SessionReport } from "../../figures/session_report.ts";
import { answerCards } from "./answers.ts";
import { figureHtml } from "./figure.ts";
import { page } from "./page.ts";
import { tableSection } from "./section.ts";

/** The page. Equal sessions give equal bytes. */
export function sessionPage(report: SessionReport): string {
  const { title, subtitle, source, warnings, answers, equity, narrowEquity, tables } = report;
  const figure = { id: equity.name, title: equity.title, content: figureHtml(equity, narrowEquity) };
  return page({
    title,
    subtitle,
    source,
    answers: answerCards(answers),
    others: warnings,
    sections: [figure, ...tables.map((table) => tableSection(table))],
  });
}
