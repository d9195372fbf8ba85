/** The report of a run: one HTML page that needs no network and no script. */
import type { Provenance } from "../../experiments/provenance.ts";
import { creditTable } from "../../figures/credit_table.ts";
import { eventsTable } from "../../figures/events_table.ts";
import type { Figure } from "../../figures/figure.ts";
import { genealogyTable } from "../../figures/genealogy_table.ts";
import { headlineText, runWarnings } from "../../figures/headline.ts";
import { notesTable, resultTable, tradingTable } from "../../figures/result_table.ts";
import { runFigures, type RunRecord } from "../../figures/run_figures.ts";
import { runSubtitle } from "../../figures/run_subtitle.ts";
import type { Table } from "../../figures/table.ts";
import { figureSvg } from "../svg/figure_svg.ts";
import { type Html, html, markup } from "./html.ts";
import { provenanceTable } from "./provenance_table.ts";
import { REPORT_STYLE } from "./style.ts";
import { tableHtml } from "./table.ts";

/** Rows of the genealogy that are listed. */
const GENEALOGY_ROWS = 40;

/**
 * The page of a run: warnings, headline, tables, figures, genealogy and where it came from. Equal runs give
 * equal bytes. Every text is escaped, and the page forbids itself to load anything.
 */
export function runPage(run: RunRecord & { readonly provenance: Provenance }): string {
  const { result, events, provenance } = run;
  const title = `PopAgent ${result.command} run, seed ${result.seed}`;
  const sections = [
    ...[resultTable(result), tradingTable(result), notesTable(result)].map((table) => tableSection(table)),
    ...runFigures(run).map(figureSection),
    ...[creditTable(result), genealogyTable(events, GENEALOGY_ROWS), eventsTable(events)]
      .filter(({ rows }) => rows.length > 0).map((table) => tableSection(table)),
    tableSection(provenanceTable(result, provenance), configDetails(result.config)),
  ];
  return `${html`
    <!DOCTYPE html>
    <html lang="en">
      <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
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
    ${warnings(run)}<p class="headline">${headlineText(result)}</p>
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

function tableSection(table: Table, after: Html | "" = ""): Section {
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

function figureSection(figure: Figure): Section {
  const svg = markup(figureSvg(figure, { text: false, ground: false }));
  const source = html`<span class="source">${figure.subtitle}</span>`;
  const content = html`<figure>${svg}<figcaption>${source} ${figure.caption}</figcaption></figure>`;
  return { id: figure.name, title: figure.title, content };
}

function warnings({ result, events }: RunRecord): Html[] {
  return runWarnings(result, events).map(({ head, text }) =>
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
