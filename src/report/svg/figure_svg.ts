/** Draws a figure as one standalone SVG text: no script, no style sheet, no page around it. */
import * as Plot from "@observablehq/plot";
import { parseHTML } from "linkedom";
import { html, markup } from "../html/html.ts";
import { type Figure, type LegendEntry, type Panel, PANEL_TITLE } from "../../figures/figure.ts";
import { plainText, textWidth, wrapText } from "../../figures/text.ts";
import { FONT, FONT_SIZE, INK, PAPER, SOFT } from "../../figures/theme.ts";

/** What goes into the SVG beside the panels and the legend. */
export interface SvgOptions {
  /** Title, subtitle and caption; a page that sets them itself leaves them out. */
  readonly text: boolean;
  /** A white ground; without it the page shines through. */
  readonly ground: boolean;
}

const EDGE = 6;
const TITLE_SIZE = 17;
const TEXT_SIZE = 12;
const LINE = 1.35;

/** A document without a browser, for Plot to draw in. */
export function createDocument(): Document {
  return parseHTML("<!DOCTYPE html><html><body></body></html>").document as unknown as Document;
}

/**
 * One SVG of a figure: title, subtitle, legend, panels, caption. Equal figures give equal bytes. Text is
 * escaped and stays text.
 *
 * @throws {TypeError} If a panel asks Plot for a title or a legend of its own, which Plot draws as HTML.
 */
export function figureSvg(figure: Figure, options: SvgOptions = { text: true, ground: true }): string {
  const parts: string[] = [];
  let y = 0;
  if (options.text) {
    const put = (text: string, size: number, fill: string, bold: boolean) => {
      for (const line of wrapText(text, figure.width - 2 * EDGE, size)) {
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
  for (const panel of figure.panels) parts.push(panelElement(panel, y, document));
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
  return `<svg xmlns="http://www.w3.org/2000/svg" role="img" ${html`aria-label="${
    plainText(figure.title)
  }"`} ` +
    `width="${figure.width}" height="${height}" viewBox="0 0 ${figure.width} ${height}" ` +
    `font-family="${FONT}" font-size="${FONT_SIZE}" fill="${INK}" color="${INK}">${ground}${
      parts.join("")
    }</svg>`;
}

function textElement(text: string, x: number, y: number, size: number, fill: string, bold: boolean): string {
  const weight = bold ? ' font-weight="bold"' : "";
  return `${html`
    <text x="${x}" y="${rounded(y)}" font-size="${size}" fill="${fill}"
      ${markup(weight)}>${text}</text>
  `}`;
}

function panelElement(panel: Panel, top: number, document: Document): string {
  const svg = Plot.plot({ ...panel.plot, document });
  if (svg.localName !== "svg") {
    throw new TypeError(
      `Cannot export panel "${panel.title}" as its plot must have no title, caption or legend of its own`,
    );
  }
  for (const style of [...svg.querySelectorAll("style")]) style.remove();
  for (const mark of [...svg.querySelectorAll("[aria-description]")]) { // names of strategies and agents: linkedom writes < as it is
    mark.setAttribute(
      "aria-description",
      plainText(mark.getAttribute("aria-description")!).replace(/[<>&"']/g, "_"),
    );
  }
  for (const name of ["class", "style", "font-family", "viewBox", "fill"]) svg.removeAttribute(name);
  svg.setAttribute("font-size", String(FONT_SIZE));
  svg.setAttribute("x", String(panel.x));
  svg.setAttribute("y", rounded(top + panel.y + (panel.title === "" ? 0 : PANEL_TITLE)));
  svg.setAttribute("overflow", "visible");
  const drawn = svg.outerHTML.replaceAll("var(--plot-background)", PAPER).replace(/<[^>]*>/g, roundNumbers);
  const title = panel.title === ""
    ? ""
    : textElement(plainText(panel.title), panel.x + EDGE, top + panel.y + 13, TEXT_SIZE, INK, true);
  return title + drawn;
}

/** Numbers of a tag to two decimals: half the bytes, and no trace of how a machine rounds the last digit. */
function roundNumbers(tag: string): string {
  return tag.replace(/-?\d+\.\d{3,}(e-?\d+)?/g, (number) => rounded(Number(number)));
}

function rounded(value: number): string {
  return String(Math.round(value * 100) / 100 + 0);
}

/** The keys in rows from the left; as many rows as the width needs. */
function legendElements(
  entries: readonly LegendEntry[],
  width: number,
  top: number,
): { svg: string; height: number } {
  if (entries.length === 0) return { svg: "", height: 0 };
  const parts: string[] = [];
  let x = EDGE, y = top + 10;
  for (const entry of entries) {
    const label = plainText(entry.label);
    const room = 26 + textWidth(label, FONT_SIZE) + 18;
    if (x > EDGE && x + room > width) {
      x = EDGE;
      y += 18;
    }
    parts.push(keyElement(entry, x, y), textElement(label, x + 26, y + 4, FONT_SIZE, INK, false));
    x += room;
  }
  return { svg: parts.join(""), height: y + 14 - top };
}

function keyElement({ shape, colour }: LegendEntry, x: number, y: number): string {
  const middle = x + 10;
  switch (shape) {
    case "line":
    case "thick":
    case "dashed": {
      const width = shape === "thick" ? 2.6 : 1.3;
      const dash = shape === "dashed" ? ' stroke-dasharray="5,3"' : "";
      return `<path d="M${x},${y}h20" stroke="${colour}" stroke-width="${width}"${dash} fill="none"/>`;
    }
    case "square":
      return `<rect x="${x + 3}" y="${y - 6}" width="14" height="12" fill="${colour}"/>`;
    case "dot":
      return `<circle cx="${middle}" cy="${y}" r="4" fill="${colour}"/>`;
    case "ring":
      return `<circle cx="${middle}" cy="${y}" r="3.5" fill="${PAPER}" stroke="${colour}" stroke-width="1.5"/>`;
    case "triangle":
      return `<path d="M${middle},${y - 5}l5,9h-10z" fill="${colour}"/>`;
    case "diamond":
      return `<path d="M${middle},${y - 5}l5,5l-5,5l-5,-5z" fill="${colour}"/>`;
    case "cross":
      return `<path d="M${middle - 4},${
        y - 4
      }l8,8m0,-8l-8,8" stroke="${colour}" stroke-width="1.5" fill="none"/>`;
  }
}
