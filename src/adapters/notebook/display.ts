/** Showing figures, tables and text in a notebook. */
import { printable } from "../../core/printable.ts";
import { headlineComparisons } from "../../experiments/comparison.ts";
import { displayed, setDrawing } from "../../figures/displayed.ts";
import type { Figure } from "../../figures/figure.ts";
import { headlineText, runWarnings } from "../../figures/headline.ts";
import { learningAnswer } from "../../figures/learning_answer.ts";
import type { RunRecord } from "../../figures/run_figures.ts";
import { requireRun } from "../../figures/run_parts.ts";
import { runSubtitle } from "../../figures/run_subtitle.ts";
import type { Theme } from "../../figures/theme_colours.ts";
import type { Table } from "../../figures/table.ts";
import { tableHtml } from "../../report/html/table.ts";
import { html } from "../../report/html/html.ts";
import { figureSvg } from "../../report/svg/figure_svg.ts";

/** HTML or Markdown that its writer has made safe. */
export type Markup = { readonly html: string } | { readonly markdown: string };

/** Pause after a display, ms: the kernel may else call a cell done before its output is out, and a front end drops it. */
const PAUSE = 50;

const WARNING_STYLE =
  "border: 2px solid #9a3412; border-left-width: 10px; padding: 8px 12px; background: #fff6ee; color: #1d2126";

/**
 * Front ends set all cells right by rules that outweigh these, hence the two that are important. The last rule is for the
 * figures of the same page: JupyterLab would cut them where a notebook is narrower than they are.
 */
const TABLE_STYLE =
  `<style>.popagent-table table { border-collapse: collapse; font: 12px/1.4 sans-serif; font-variant-numeric: tabular-nums; margin: 4px 0; }
.popagent-table th, .popagent-table td { padding: 3px 8px; border-bottom: 1px solid #8886; text-align: left !important; max-width: 32em; vertical-align: top; }
.popagent-table td:first-child { white-space: nowrap; }
.popagent-table .number { text-align: right !important; white-space: nowrap; }
.popagent-table .strong td { font-weight: bold; }
.popagent-table p { margin: 4px 0; }
.jp-RenderedSVG img { max-width: 100%; height: auto; }</style>`;

/** What a notebook about a run opens with: its source, every warning, the headline. */
export function runSummary(run: RunRecord): Markup {
  requireRun(run);
  const warnings = runWarnings(run.result, run.events).map(({ head, text }) =>
    html`<p style="${WARNING_STYLE}"><strong>${head}.</strong> ${text}</p>`
  );
  const headline = html`<p><strong>${headlineText(run.result)}</strong></p>`;
  return displayed({ html: `${html`<p>${runSubtitle(run.result)}</p>${warnings}${headline}`}` });
}

/** The answer of a notebook about a run: the headline's paired differences, in words. */
export function runAnswer(run: RunRecord): Markup {
  requireRun(run);
  const { result, series } = run;
  const { question, short, sentences } = learningAnswer(result, headlineComparisons(result, series));
  const said = sentences.map((sentence) => html`<p>${sentence}</p>`);
  return displayed({ html: `${html`<p><strong>${question} ${short}</strong></p>${said}`}` });
}

/** What can be shown: a figure, a table, markup, or a list of them. */
export type Shown = Figure | Table | Markup | readonly (Figure | Table | Markup)[];

/** A display's content by MIME type; a theme is a figure's. A list is one page of HTML. */
export function displayBundle(content: Shown, theme: Theme = "light"): Record<string, string> {
  requireContent(content);
  if (isList(content)) {
    return { "text/html": content.map((one) => asHtml(displayBundle(one, theme))).join("\n") };
  }
  if ("html" in content) return { "text/html": content.html };
  if ("markdown" in content) return { "text/markdown": content.markdown };
  if ("panels" in content) {
    return {
      "image/svg+xml": figureSvg(content, { text: true, ground: true, theme }),
      "text/plain": content.title,
    };
  }
  const table = html`<div class="popagent-table"><p><strong>${content.title}</strong></p>${
    tableHtml(content)
  }<p>${content.caption}</p></div>`;
  return {
    "text/html": `${TABLE_STYLE}${table}`,
    "text/plain": [content.columns.map((column) => column.label), ...content.rows.map((row) => row.cells)]
      .map((cells) => cells.join("\t")).join("\n"),
  };
}

/**
 * Content behind one line that a click unfolds, for what not every reader wants to see.
 *
 * @param label The line, plain text.
 */
export function folded(label: string, content: Shown): Markup {
  requireContent(content);
  const page = asHtml(displayBundle(content));
  return displayed({ html: `<details>${html`<summary>${label}</summary>`}${page}</details>` });
}

const isList = (content: Shown): content is readonly (Figure | Table | Markup)[] => Array.isArray(content);

/** One display inside a page of HTML; Markdown stands there as it is written. */
function asHtml(bundle: Record<string, string>): string {
  const { "text/html": page, "image/svg+xml": svg, "text/markdown": text } = bundle;
  return page ?? svg ?? `${html`<p>${text ?? ""}</p>`}`;
}

setDrawing((content) => displayBundle(content as Shown)); // what ends a cell is drawn as `show` draws it

/**
 * Shows a figure, an interactive figure, a table, markup, or a list of these, under the cell that awaits it. What ends a
 * cell shows itself; in a notebook that other programs run (nbconvert), `await show(...)` is surer: a kernel may call a
 * cell done before the output of its last expression is out.
 *
 * @param theme How a figure is painted; light on its own ground reads well in a dark notebook too.
 * @throws {RangeError} If it is none of these.
 * @throws {Error} Outside a Jupyter kernel.
 */
export async function show(
  content: Shown,
  { theme = "light" }: { readonly theme?: Theme } = {},
): Promise<void> {
  requireContent(content);
  const jupyter = notebook();
  if (isList(content)) {
    for (const one of content) await show(one, { theme });
    return;
  }
  await jupyter.broadcast("display_data", {
    data: displayBundle(content, theme),
    metadata: {},
    transient: {},
  });
  await new Promise((resolve) => setTimeout(resolve, PAUSE));
}

/** Refuses what cannot be shown. */
function requireContent(content: unknown): void {
  const rule =
    "Cannot show this as it must be a figure, a table, { html } or { markdown }, or a list of them";
  if (Array.isArray(content)) return content.forEach(requireContent);
  if (typeof content === "string") {
    throw new RangeError(`${rule}: it is a text. Write show({ markdown: text }), or console.log(text).`);
  }
  if (content instanceof Promise) throw new RangeError(`${rule}: it is a promise; write await before it.`);
  if (typeof content !== "object" || content === null) {
    throw new RangeError(`${rule}: current value is ${content}`);
  }
  if ("html" in content || "markdown" in content) return;
  if ("title" in content && ("panels" in content || ("columns" in content && "rows" in content))) return;
  const keys = printable(Object.keys(content).slice(0, 6).join(", "));
  throw new RangeError(`${rule}: it is an object of ${keys || "nothing"}`);
}

function notebook(): typeof Deno.jupyter {
  try {
    return Deno.jupyter;
  } catch (cause) {
    throw new Error(
      "Cannot show anything as a Jupyter kernel must be running this code. A script prints markdownTable(table) and writes " +
        'what figureFile(figure, "svg") gives.',
      { cause },
    );
  }
}
