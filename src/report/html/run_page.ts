/** The report of a run: one HTML page that needs no network and no script. */
import type { Provenance } from "../../experiments/provenance.ts";
import { creditTable } from "../../figures/credit_table.ts";
import { absencesIn } from "../../figures/data_answer.ts";
import { eventsTable } from "../../figures/events_table.ts";
import { changesTable } from "../../figures/changes_table.ts";
import { genealogyTable } from "../../figures/genealogy_table.ts";
import { runWarnings, type Warning } from "../../figures/headline.ts";
import { fieldText } from "../../figures/learning_answer.ts";
import { promptsTable } from "../../figures/prompts_table.ts";
import { thoughtsTable } from "../../figures/thoughts_table.ts";
import { notesTable, resultTable, riskTable, tradingTable } from "../../figures/result_table.ts";
import { runFigures, type RunRecord } from "../../figures/run_figures.ts";
import { runSubtitle } from "../../figures/run_subtitle.ts";
import type { Table } from "../../figures/table.ts";
import { plainText } from "../../figures/text.ts";
import { answersHtml } from "./answers.ts";
import { figureHtml } from "./figure.ts";
import { glossaryHtml } from "./glossary.ts";
import { type Html, html, markup } from "./html.ts";
import { provenanceTable } from "./provenance_table.ts";
import { REPORT_STYLE } from "./style.ts";
import { tableHtml } from "./table.ts";

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
      eventsTable(events),
    ]
      .filter(({ rows }) => rows.length > 0).map((table) => tableSection(table)),
    tableSection(notesTable(result)),
    { id: "glossary", title: "What the words mean", content: glossaryHtml() },
    tableSection(provenanceTable(result, provenance), [configDetails(result.config)]),
  ];
  const { source, others } = sortedWarnings(run);
  return `${html`
    <!DOCTYPE html>
    <html lang="en">
      <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
        <title>${title}</title>
        <style>
    ${markup(REPORT_STYLE)}</style>
      </head>
      <body>
    <header>
    <h1>${title}</h1>
    <p class="subtitle">${runSubtitle(result)}</p>
    </header>
    ${warningsHtml(source)}
    ${answersHtml(run)}
    ${warningsHtml(others)}
    <nav><ol>${sections.map(({ id, title }) => html`<li><a href="#${id}">${title}</a></li>`)}</ol></nav>
    <main>
    ${sections.map(sectionHtml)}</main>
      </body>
    </html>
  `}`;
}

interface Section {
  readonly id: string;
  readonly title: string;
  readonly content: Html;
}

function sectionHtml({ id, title, content }: Section): Html {
  return html`
    <section id="${id}">
    <h2>${title}</h2>
    ${content}
    </section>
  `;
}

function tableSection(table: Table, after: readonly Html[] = []): Section {
  const caption = table.caption === "" ? "" : html`<p class="caption">${table.caption}</p>`;
  const hints = table.columns.map(({ label, hint }) =>
    html`
      <dt>${label}</dt>
      <dd>${hint}</dd>
    `
  );
  const legend = table.columns.length > 4
    ? html`
      <details>
        <summary>What the columns mean</summary>
        <dl>${hints}</dl>
      </details>
    `
    : "";
  const content = html`<div class="wide">${tableHtml(table)}</div>${caption}${legend}${after}`;
  return { id: table.name, title: table.title, content };
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

function warningsHtml(warnings: readonly Warning[]): Html[] {
  return warnings.map(({ head, text }) =>
    html`
      <p class="warning" role="alert"><strong>${head}.</strong> ${text}</p>
    `
  );
}

function configDetails(config: unknown): Html {
  return html`
    <details>
      <summary>Resolved config</summary>
      <pre>${JSON.stringify(config, null, 2)}</pre>
    </details>
  `;
}
