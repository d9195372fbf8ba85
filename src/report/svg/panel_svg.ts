/** One panel of a figure, drawn by Plot. */
import * as Plot from "@observablehq/plot";
import { parseHTML } from "linkedom";
import { type Panel, PANEL_TITLE } from "../../figures/figure.ts";
import { plainText } from "../../figures/text.ts";
import { FONT_SIZE, INK, PAPER } from "../../figures/theme.ts";
import { type PlacedHover, placeHover } from "./place_hover.ts";
import { rounded, textElement } from "./text_svg.ts";

const EDGE = 6;
const TITLE_SIZE = 12;

/** A drawn panel; `hover` has its readings in px of the figure. */
export interface DrawnPanel {
  readonly svg: string;
  readonly hover: PlacedHover | null;
}

/** A document without a browser, for Plot to draw in. */
export function createDocument(): Document {
  return parseHTML("<!DOCTYPE html><html><body></body></html>").document as unknown as Document;
}

/**
 * Draws a panel whose figure's panels begin `top` px below its upper edge.
 *
 * @throws {TypeError} If the panel asks Plot for a title or a legend of its own, which Plot draws as HTML.
 */
export function drawPanel(panel: Panel, top: number, document: Document): DrawnPanel {
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
  const hover = panel.hover
    ? placeHover(panel.hover, (name) => svg.scale(name), {
      x: panel.x,
      y: top + panel.y + (panel.title === "" ? 0 : PANEL_TITLE),
      width: panel.width,
      height: panel.height - (panel.title === "" ? 0 : PANEL_TITLE),
    })
    : null;
  const drawn = svg.outerHTML.replaceAll("var(--plot-background)", PAPER).replace(/<[^>]*>/g, roundNumbers);
  const title = panel.title === ""
    ? ""
    : textElement(plainText(panel.title), panel.x + EDGE, top + panel.y + 13, TITLE_SIZE, INK, true);
  return { svg: title + drawn, hover };
}

/** Numbers of a tag to two decimals: half the bytes, and no trace of how a machine rounds the last digit. */
function roundNumbers(tag: string): string {
  return tag.replace(/-?\d+\.\d{3,}(e-?\d+)?/g, (number) => rounded(Number(number)));
}
