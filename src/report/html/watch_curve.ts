/** The curve of a watched session with what a pointer or the arrow keys read in it. */
import type { Figure } from "../../figures/figure.ts";
import { sessionCurveFigure } from "../../figures/session_curve.ts";
import type { SessionView } from "../../figures/session_view.ts";
import { drawnFigure } from "../svg/figure_svg.ts";
import { type Html, html, markup } from "./html.ts";

/** What stands where values are read until somebody does. */
const REST = "Point at the curve, or use the arrow keys on it, to read a close.";

/** Both layouts, one line of readings that both share, and the caption. */
export function watchCurve({ times, equity, alerts, close }: SessionView): Html {
  if (close === null) return html`<p class="empty">The curve begins with the first bar that closes.</p>`;
  const line = { subtitle: "", times, equity, alerts: alerts.map(({ time }) => time) };
  const page = sessionCurveFigure(line), phone = sessionCurveFigure(line, "phone");
  return html`
    <figure>
      ${layout("on-wide", page)}
      ${layout("on-narrow", phone)}
      <p class="reading"><output data-rest="${REST}">${REST}</output></p>
      <figcaption>${page.caption}</figcaption>
    </figure>
  `;
}

/** A figure with its readings: places in px of the figure, and a text for each. */
function layout(name: string, figure: Figure): Html {
  const { svg, hovers } = drawnFigure(figure, { text: false, ground: false, theme: "auto" });
  const [read] = hovers;
  const texts = read?.kind !== "lines"
    ? []
    : read.heads.map((head, i) =>
      `${head}: ${read.lines.map(({ label, texts }) => `${label} ${texts[i]}`).join(", ")}`
    );
  const xs = read?.kind === "lines" ? read.xs.join() : "";
  return html`<div class="${name}" data-xs="${xs}" data-texts="${texts.join("|")}">${markup(svg)}</div>`;
}
