import type { Figure } from "../../figures/figure.ts";
import { figureSvg } from "../svg/figure_svg.ts";
import { type Html, html, markup } from "./html.ts";

/**
 * A figure with its source and caption. On a narrow screen its second layout takes its place; without one the first
 * keeps a legible size and is scrolled sideways.
 */
export function figureHtml(figure: Figure, narrow: Figure | null): Html {
  const svg = (one: Figure) => markup(figureSvg(one, { text: false, ground: false, theme: "auto" }));
  const drawn = narrow
    ? html`
      <div class="on-wide">${svg(figure)}</div>
      <div class="on-narrow">${svg(narrow)}</div>
    `
    : html`<div class="wide" tabindex="0">${svg(figure)}</div>`;
  return html`<figure>${drawn}<figcaption><span class="source">${figure.subtitle}</span> ${figure.caption}</figcaption></figure>`;
}
