/** The frame of a page that needs no network and no script: head, answers, table of contents, sections. */
import type { Warning } from "../../figures/headline.ts";
import { type Html, html, markup } from "./html.ts";
import { type Section, sectionHtml, warningsHtml } from "./section.ts";
import { REPORT_STYLE } from "./style.ts";

/** What a page is made of. */
export interface PageParts {
  readonly title: string;
  readonly subtitle: string;
  /** What must be known before any number. */
  readonly source: readonly Warning[];
  readonly answers: Html;
  readonly others: readonly Warning[];
  readonly sections: readonly Section[];
}

/** A whole page. Every text is escaped, and the page forbids itself to load anything. */
export function page({ title, subtitle, source, answers, others, sections }: PageParts): string {
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
    <p class="subtitle">${subtitle}</p>
    </header>
    ${warningsHtml(source)}
    ${answers}
    ${warningsHtml(others)}
    <nav><ol>${sections.map(({ id, title }) => html`<li><a href="#${id}">${title}</a></li>`)}</ol></nav>
    <main>
    ${sections.map(sectionHtml)}</main>
      </body>
    </html>
  `}`;
}
