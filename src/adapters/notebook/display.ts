/** Showing figures, tables and text in a notebook. */
import { headlineComparisons } from "../../experiments/comparison.ts";
import type { Figure } from "../../figures/figure.ts";
import { headlineText, runWarnings } from "../../figures/headline.ts";
import { learningAnswer } from "../../figures/learning_answer.ts";
import type { RunRecord } from "../../figures/run_figures.ts";
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

const TABLE_STYLE =
  `<style>.popagent-table table { border-collapse: collapse; font: 12px/1.4 sans-serif; font-variant-numeric: tabular-nums; }
.popagent-table th, .popagent-table td { padding: 3px 8px; border-bottom: 1px solid #dfe2e6; text-align: left; }
.popagent-table .number { text-align: right; white-space: nowrap; }
.popagent-table .strong td { font-weight: bold; }</style>`;

/** What a notebook about a run opens with: its source, every warning, the headline. */
export function runSummary(run: RunRecord): Markup {
  const warnings = runWarnings(run.result, run.events).map(({ head, text }) =>
    html`<p style="${WARNING_STYLE}"><strong>${head}.</strong> ${text}</p>`
  );
  const headline = html`<p><strong>${headlineText(run.result)}</strong></p>`;
  return { html: `${html`<p>${runSubtitle(run.result)}</p>${warnings}${headline}`}` };
}

/** The answer of a notebook about a run: the headline's paired differences, in words. */
export function runAnswer({ result, series }: RunRecord): Markup {
  const { question, short, sentences } = learningAnswer(result, headlineComparisons(result, series));
  const said = sentences.map((sentence) => html`<p>${sentence}</p>`);
  return { html: `${html`<p><strong>${question} ${short}</strong></p>${said}`}` };
}

/** A display's content by MIME type; a theme is a figure's. */
export function displayBundle(
  content: Figure | Table | Markup,
  theme: Theme = "light",
): Record<string, string> {
  if ("html" in content) return { "text/html": content.html };
  if ("markdown" in content) return { "text/markdown": content.markdown };
  if ("panels" in content) {
    return {
      "image/svg+xml": figureSvg(content, { text: true, ground: true, theme }),
      "text/plain": content.title,
    };
  }
  const table = html`<div class="popagent-table">${tableHtml(content)}<p>${content.caption}</p></div>`;
  return {
    "text/html": `${TABLE_STYLE}${table}`,
    "text/plain": [content.columns.map((column) => column.label), ...content.rows.map((row) => row.cells)]
      .map((cells) => cells.join("\t")).join("\n"),
  };
}

/**
 * Shows a figure, an interactive figure, a table or markup under the cell that awaits it.
 *
 * @param theme How a figure is painted; light on its own ground reads well in a dark notebook too.
 * @throws {Error} Outside a Jupyter kernel.
 */
export async function show(
  content: Figure | Table | Markup,
  { theme = "light" }: { readonly theme?: Theme } = {},
): Promise<void> {
  const jupyter = notebook();
  await jupyter.broadcast("display_data", {
    data: displayBundle(content, theme),
    metadata: {},
    transient: {},
  });
  await new Promise((resolve) => setTimeout(resolve, PAUSE));
}

function notebook(): typeof Deno.jupyter {
  try {
    return Deno.jupyter;
  } catch (cause) {
    throw new Error("Cannot show anything as a Jupyter kernel must be running this code", { cause });
  }
}
