/** Parts of a page: a section with its title, a table with what its columns mean, warnings. */
import type { Warning } from "../../figures/headline.ts";
import type { Table } from "../../figures/table.ts";
import { type Html, html } from "./html.ts";
import { tableHtml } from "./table.ts";

/** A section of a page; its id is unique there. */
export interface Section {
  readonly id: string;
  readonly title: string;
  readonly content: Html;
}

/** A section as its element. */
export function sectionHtml({ id, title, content }: Section): Html {
  return html`
    <section id="${id}">
    <h2>${title}</h2>
    ${content}
    </section>
  `;
}

/** A table as a section, what follows on it below. */
export function tableSection(table: Table, after: readonly Html[] = []): Section {
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

/** Warnings that a reader must see. */
export function warningsHtml(warnings: readonly Warning[]): Html[] {
  return warnings.map(({ head, text }) =>
    html`
      <p class="warning" role="alert"><strong>${head}.</strong> ${text}</p>
    `
  );
}
