/** The report of a run: one HTML page that needs no network and no script. */
import type { Provenance } from "../../experiments/provenance.ts";
import { creditTable } from "../../figures/credit_table.ts";
import { absencesIn } from "../../figures/data_answer.ts";
import { eventsTable } from "../../figures/events_table.ts";
import { changesTable } from "../../figures/changes_table.ts";
import { distillationsTable } from "../../figures/distillations_table.ts";
import { genealogyTable } from "../../figures/genealogy_table.ts";
import { runWarnings, type Warning } from "../../figures/headline.ts";
import { fieldText } from "../../figures/learning_answer.ts";
import { promptsTable } from "../../figures/prompts_table.ts";
import { thoughtsTable } from "../../figures/thoughts_table.ts";
import { notesTable, resultTable, riskTable, tradingTable } from "../../figures/result_table.ts";
import { runFigures, type RunRecord } from "../../figures/run_figures.ts";
import { runSubtitle } from "../../figures/run_subtitle.ts";
import { plainText } from "../../figures/text.ts";
import { answersHtml } from "./answers.ts";
import { figureHtml } from "./figure.ts";
import { glossaryHtml } from "./glossary.ts";
import { type Html, html } from "./html.ts";
import { page } from "./page.ts";
import { provenanceTable } from "./provenance_table.ts";
import { type Section, tableSection } from "./section.ts";

/** Rows of the genealogy that are listed. */
const GENEALOGY_ROWS = 40;

/**
 * The page of a run: the answers first, then tables, figures, genealogy, what the words mean and where it came from.
 * Equal runs give equal bytes. Every text is escaped, and the page forbids itself to load anything.
 */
export function runPage(run: RunRecord & { readonly provenance: Provenance }): string {
  const { result, events, provenance } = run;
  const title = `PopAgent ${result.command} run, seed ${result.seed}`;
  const figures = figureSections(run);
  const beside = ["equity", "sharpe_intervals", "costs"]; // beside the table of the same numbers
  const sections = [
    tableSection(resultTable(result), fieldText(result).map((text) => html`<p class="caption">${text}</p>`)),
    figures.get("equity")!,
    figures.get("sharpe_intervals")!,
    tableSection(tradingTable(result)),
    figures.get("costs")!,
    tableSection(riskTable(result)),
    ...[...figures.values()].filter(({ id }) => !beside.includes(id)),
    ...[
      creditTable(result),
      changesTable(result),
      genealogyTable(events, GENEALOGY_ROWS),
      promptsTable(events),
      thoughtsTable(events),
      distillationsTable(events),
      eventsTable(events),
    ]
      .filter(({ rows }) => rows.length > 0).map((table) => tableSection(table)),
    tableSection(notesTable(result)),
    { id: "glossary", title: "What the words mean", content: glossaryHtml() },
    tableSection(provenanceTable(result, provenance), [configDetails(result.config)]),
  ];
  const { source, others } = sortedWarnings(run);
  return page({
    title,
    subtitle: runSubtitle(result),
    source,
    answers: answersHtml(run),
    others,
    sections,
  });
}

/** Figures by name, each with a second layout for a phone where it has one. */
function figureSections(run: RunRecord): ReadonlyMap<string, Section> {
  const narrow = new Map(runFigures(run, "phone").map((figure) => [figure.name, figure]));
  return new Map(
    runFigures(run).map((figure) => {
      const small = narrow.get(figure.name)!;
      const content = figureHtml(figure, small.width < figure.width ? small : null);
      return [figure.name, { id: figure.name, title: figure.title, content }];
    }),
  );
}

/** What is said of where the bars come from, before any number; and what else a reader must see. Absences are among the answers. */
function sortedWarnings({ result, events }: RunRecord) {
  const ofSource = ({ head, text }: Warning) => /synthetic|sealed/i.test(`${head} ${text}`);
  const absent = absencesIn(result).map(plainText);
  const all = runWarnings(result, events);
  return {
    source: all.filter(ofSource),
    others: all.filter((warning) => !ofSource(warning) && !absent.includes(warning.text)),
  };
}

function configDetails(config: unknown): Html {
  return html`
    <details>
      <summary>Resolved config</summary>
      <pre>${JSON.stringify(config, null, 2)}</pre>
    </details>
  `;
}
