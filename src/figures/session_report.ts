/** The report of a paper session as data: whoever reads the session makes it, a text and a page are made of it. */
import type { Figure } from "./figure.ts";
import type { Warning } from "./headline.ts";
import type { Answer } from "./learning_answer.ts";
import type { Table } from "./table.ts";

/** What a text and a page are made of. */
export interface SessionReport {
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
