/** The report of a paper session: one HTML page that needs no network and no script. */
import type { Figure } from "../../figures/figure.ts";
import type { Warning } from "../../figures/headline.ts";
import type { Answer } from "../../figures/learning_answer.ts";
import type { Table } from "../../figures/table.ts";
import { answerCards } from "./answers.ts";
import { figureHtml } from "./figure.ts";
import { page } from "./page.ts";
import { tableSection } from "./section.ts";

/** What the page of a session is made of. */
export interface SessionPageParts {
  readonly title: string;
  readonly subtitle: string;
  /** Of where the bars come from; and what needs a look. */
  readonly source: readonly Warning[];
  readonly warnings: readonly Warning[];
  readonly answers: readonly [Answer, ...Answer[]];
  readonly equity: Figure;
  /** The same for a phone. */
  readonly narrowEquity: Figure;
  readonly tables: readonly Table[];
}

/** The page. Equal sessions give equal bytes. */
export function sessionPage(parts: SessionPageParts): string {
  const { title, subtitle, source, warnings, answers, equity, narrowEquity, tables } = parts;
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
