/** The report of a run: one HTML page that needs no network and no script. */
import { creditTable } from "../figures/credit_table.ts";
import { genealogyTable } from "../figures/genealogy_table.ts";
import type { Figure } from "../figures/figure.ts";
import { day, decimal } from "../figures/format.ts";
import { headlineText, runWarnings } from "../figures/headline.ts";
import { notesTable, resultTable, tradingTable } from "../figures/result_table.ts";
import { runFigures, type RunRecord } from "../figures/run_figures.ts";
import { runSubtitle, sourceText } from "../figures/run_subtitle.ts";
import type { Table } from "../figures/table.ts";
import { plainText } from "../figures/text.ts";
import { REPORT_STYLE } from "./report_style.ts";
import { tableHtml } from "./html_table.ts";
import type { Provenance } from "./run_schema.ts";
import { escapeXml, figureSvg } from "./svg_export.ts";

/** Rows of the genealogy that are listed. */
const GENEALOGY_ROWS = 40;

/**
 * The page of a run: warnings, headline, tables, figures, genealogy and where it came from. Equal runs give
 * equal bytes. Every text is escaped, and the page forbids itself to load anything.
 */
export function htmlReport(run: RunRecord & { readonly provenance: Provenance }): string {
  const title = `PopAgent ${run.result.command} run, seed ${run.result.seed}`;
  const figures = runFigures(run);
  const credit = creditTable(run.result);
  const genealogy = genealogyTable(run.events, GENEALOGY_ROWS);
  const sections = [
    tableSection(resultTable(run.result)),
    tableSection(tradingTable(run.result)),
    tableSection(notesTable(run.result)),
    ...figures.map(figureSection),
    ...(credit.rows.length > 0 ? [tableSection(credit)] : []),
    ...(genealogy.rows.length > 0 ? [tableSection(genealogy)] : []),
    tableSection(provenanceTable(run), configDetails(run.provenance)),
  ];
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escapeXml(title)}</title>
<style>
${REPORT_STYLE}</style>
</head>
<body>
<header>
<h1>${escapeXml(title)}</h1>
<p class="subtitle">${escapeXml(runSubtitle(run.result))}</p>
</header>
${warningsHtml(run)}
<p class="headline">${escapeXml(headlineText(run.result))}</p>
<nav><ol>${
    sections.map(({ id, title }) => `<li><a href="#${id}">${escapeXml(title)}</a></li>`).join("")
  }</ol></nav>
<main>
${sections.map(({ html }) => html).join("\n")}
</main>
</body>
</html>
`;
}

interface Section {
  readonly id: string;
  readonly title: string;
  readonly html: string;
}

function tableSection(table: Table, after = ""): Section {
  const caption = table.caption === "" ? "" : `<p class="caption">${escapeXml(table.caption)}</p>`;
  const hints = table.columns.map(({ label, hint }) =>
    `<dt>${escapeXml(label)}</dt><dd>${escapeXml(hint)}</dd>`
  );
  const legend = table.columns.length > 4
    ? `<details><summary>What the columns mean</summary><dl>${hints.join("")}</dl></details>`
    : "";
  return section(
    table.name,
    table.title,
    `<div class="wide">${tableHtml(table)}</div>${caption}${legend}${after}`,
  );
}

function figureSection(figure: Figure): Section {
  const svg = figureSvg(figure, { text: false, ground: false });
  return section(
    figure.name,
    figure.title,
    `<figure>${svg}<figcaption><span class="source">${escapeXml(figure.subtitle)}</span> ${
      escapeXml(figure.caption)
    }</figcaption></figure>`,
  );
}

function section(id: string, title: string, content: string): Section {
  return { id, title, html: `<section id="${id}">\n<h2>${escapeXml(title)}</h2>\n${content}\n</section>` };
}

function warningsHtml(run: RunRecord): string {
  return runWarnings(run.result, run.events)
    .map(({ head, text }) =>
      `<p class="warning" role="alert"><strong>${escapeXml(head)}.</strong> ${escapeXml(text)}</p>`
    )
    .join("\n");
}

/** What the best of the field, chosen after the fact, is worth. */
function fieldFacts({ field }: RunRecord["result"]): [string, string][] {
  if (!field) return [];
  const value = (number: number | null) => number === null ? "–" : decimal(number, 3);
  return [
    [
      "Probability that the best half-sample pipeline is below the median after (PBO)",
      value(field.overfitting),
    ],
    [`Deflated Sharpe ratio of the hindsight best of ${field.pipelines}`, value(field.deflatedSharpe)],
  ];
}

/** Where the numbers came from, one fact a row; what else a provenance holds follows what every run has. */
function provenanceTable({ result, provenance }: RunRecord & { readonly provenance: Provenance }): Table {
  const { config: _, startedAt, wallSeconds, git, versions, ...others } = provenance;
  const { from, to, start, end } = result.reported;
  const facts: [string, string][] = [
    ["Command", result.command],
    ["Data", sourceText(result.source)],
    ["Reported rows", `${from} to ${to}, opening ${day(start)} to ${day(end)} (UTC)`],
    ["Hash of the rows", result.rowsHash],
    ["Hash of the config", result.configHash],
    ["Seed", String(result.seed)],
    ["Iterations", String(result.iterations)],
    ["Mean score, last third", result.populationMean === null ? "–" : decimal(result.populationMean, 5)],
    ...fieldFacts(result),
    [
      "Commit",
      git === null ? "not a git checkout" : `${git.commit}${git.dirty ? " with uncommitted changes" : ""}`,
    ],
    ["Started", startedAt],
    ["Wall time", `${decimal(wallSeconds, 1)} s`],
    ...Object.entries(versions).map(([name, version]): [string, string] => [`Version of ${name}`, version]),
    ...Object.entries(others).flatMap(([name, value]) => flatten(name, value)),
  ];
  return {
    name: "provenance",
    title: "What was run",
    caption: "",
    columns: [
      { label: "Fact", align: "left", hint: "What is stated" },
      { label: "Value", align: "left", hint: "As stored beside the result" },
    ],
    rows: facts.map(([name, value]) => ({ cells: [plainText(name), plainText(value)], strong: false })),
  };
}

function flatten(path: string, value: unknown): [string, string][] {
  if (value === null || typeof value !== "object") return [[path, String(value)]];
  return Object.entries(value).flatMap(([name, item]) => flatten(`${path}.${name}`, item));
}

function configDetails(provenance: Provenance): string {
  return `<details><summary>Resolved config</summary><pre>${
    escapeXml(JSON.stringify(provenance.config, null, 2))
  }</pre></details>`;
}
