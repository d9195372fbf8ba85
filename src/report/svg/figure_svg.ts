/** Draws a figure as one standalone SVG text: no script, no style sheet, no page around it. */
import { type Figure, requireFigure } from "../../figures/figure.ts";
import { plainText, wrapText } from "../../figures/text.ts";
import { FONT, FONT_SIZE, INK, PAPER, SOFT } from "../../figures/theme.ts";
import { requireTheme, type Theme, THEMES } from "../../figures/theme_colours.ts";
import { html } from "../html/html.ts";
import { legendElements } from "./legend_svg.ts";
import { paintSvg } from "./paint.ts";
import { createDocument, drawPanel } from "./panel_svg.ts";
import type { PlacedHover } from "./place_hover.ts";
import { textElement } from "./text_svg.ts";

/** What goes into the SVG beside the panels and the legend. */
export interface SvgOptions {
  /** Title, subtitle and caption; a page that sets them itself leaves them out. */
  readonly text: boolean;
  /** A ground in the theme's paper colour; without it the page shines through. */
  readonly ground: boolean;
  /** Light where it is not said. */
  readonly theme?: Theme;
}

/** A figure that was drawn: its SVG, its size in px and what a pointer reads in its panels. */
export interface DrawnFigure {
  readonly svg: string;
  readonly width: number;
  readonly height: number;
  readonly hovers: readonly PlacedHover[];
}

const WHOLE: SvgOptions = { text: true, ground: true };
const EDGE = 6;
const TITLE_SIZE = 17;
const TEXT_SIZE = 12;
const LINE = 1.35;
/** Bold is wider than the estimate for regular type. */
const BOLD = 1.1;

/**
 * One SVG of a figure: title, subtitle, legend, panels, caption. Equal figures give equal bytes. Text is
 * escaped and stays text.
 *
 * @param options What differs from the whole figure on its ground, in light.
 * @throws {RangeError} If it is no figure, or there is no such theme.
 * @throws {TypeError} If a panel asks Plot for a title or a legend of its own, which Plot draws as HTML.
 */
export function figureSvg(figure: Figure, options: Partial<SvgOptions> = {}): string {
  requireFigure("Cannot draw this", figure);
  requireTheme(options.theme ?? "light", THEMES);
  return drawnFigure(figure, { ...WHOLE, ...options }).svg;
}

/** The same with the figure's size and what a pointer reads in it. */
export function drawnFigure(figure: Figure, options: SvgOptions = WHOLE): DrawnFigure {
  const parts: string[] = [];
  let y = 0;
  if (options.text) {
    const put = (text: string, size: number, fill: string, bold: boolean) => {
      for (const line of wrapText(text, (figure.width - 2 * EDGE) / (bold ? BOLD : 1), size)) {
        y += size * LINE;
        parts.push(textElement(line, EDGE, y, size, fill, bold));
      }
    };
    y = 4;
    put(figure.title, TITLE_SIZE, INK, true);
    put(figure.subtitle, TEXT_SIZE, SOFT, false);
    y += 10;
  }
  const legend = legendElements(figure.legend, figure.width, y);
  parts.push(legend.svg);
  y += legend.height;
  const document = createDocument();
  const panels = figure.panels.map((panel) => drawPanel(panel, y, document));
  parts.push(...panels.map(({ svg }) => svg));
  y += figure.height;
  if (options.text) {
    y += 2;
    for (const line of wrapText(figure.caption, figure.width - 2 * EDGE, FONT_SIZE)) {
      y += FONT_SIZE * LINE;
      parts.push(textElement(line, EDGE, y, FONT_SIZE, SOFT, false));
    }
    y += 10;
  }
  const height = Math.ceil(y);
  const ground = options.ground ? `<rect width="${figure.width}" height="${height}" fill="${PAPER}"/>` : "";
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" role="img" ${html`aria-label="${plainText(figure.title)}"`} ` +
    `width="${figure.width}" height="${height}" viewBox="0 0 ${figure.width} ${height}" ` +
    `font-family="${FONT}" font-size="${FONT_SIZE}" fill="${INK}" color="${INK}">${ground}${
      parts.join("")
    }</svg>`;
  return {
    svg: paintSvg(svg, options.theme ?? "light"),
    width: figure.width,
    height,
    hovers: panels.flatMap(({ hover }) => hover ?? []),
  };
}
