/** A figure as one page of its own whose values can be read by hovering: no network, no library, no other file. */
import { displayed } from "../../figures/displayed.ts";
import { type Figure, requireFigure } from "../../figures/figure.ts";
import { plainText } from "../../figures/text.ts";
import { themeColour } from "../../figures/theme_colours.ts";
import { drawnFigure } from "../svg/figure_svg.ts";
import type { PlacedHover } from "../svg/place_hover.ts";
import { HOVER_SCRIPT, HOVER_SCRIPT_SOURCE } from "./hover_script.ts";
import { html, markup } from "./html.ts";

/** Largest page, bytes: what a notebook may hold many of. */
export const LARGEST_PAGE = 500_000;

const STYLE = `:root { color-scheme: light dark; }
body { margin: 0; background: light-dark(#ffffff, #14171a); color: light-dark(#1d2126, #e8ebee); }
figure { margin: 0; }
figure svg { display: block; width: 100%; height: auto; touch-action: pan-y; }
figure svg:focus-visible { outline: 2px solid light-dark(#0b3f78, #7cbcf5); outline-offset: -2px; }
#tip { position: absolute; max-width: 24rem; padding: 6px 9px; border-radius: 4px; pointer-events: none;
  font: 12px/1.45 "Inter", "Helvetica Neue", Arial, "DejaVu Sans", sans-serif; font-variant-numeric: tabular-nums;
  background: light-dark(#ffffff, #23282d); border: 1px solid light-dark(#b4bac1, #59626c);
  box-shadow: 0 2px 8px rgb(0 0 0 / 0.18); }
#tip strong { display: block; margin-bottom: 2px; }
#tip div { display: flex; align-items: baseline; gap: 6px; }
#tip i { flex: none; width: 9px; height: 9px; border-radius: 2px; align-self: center; }
#tip b { font-weight: 600; }
#tip span + b { margin-left: auto; padding-left: 12px; text-align: right; }`;

/**
 * The page of a figure. It follows the reader's light or dark mode; the arrow keys move the reading too.
 *
 * @throws {RangeError} If no panel of the figure has readings, or the page would be larger than 500 kB.
 */
export function interactivePage(figure: Figure): string {
  requireFigure("Cannot make this interactive", figure);
  const { svg, width, hovers } = drawnFigure(figure, { text: true, ground: false, theme: "auto" });
  if (hovers.length === 0) {
    throw new RangeError(
      `Cannot make figure ${figure.name} interactive as a panel must say what a pointer reads in it: none does`,
    );
  }
  const readings = JSON.stringify(hovers.map(painted)).replaceAll("<", "\\u003c"); // no text may end the script element
  const scripts =
    `<script type="application/json" id="readings">${readings}</script><script>${HOVER_SCRIPT}</script>`;
  const page = `${html`
    <!DOCTYPE html>
    <html lang="en">
      <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta http-equiv="Content-Security-Policy" content="${policy}">
        <title>${plainText(figure.title)}</title>
        <style>
    ${markup(STYLE)}</style>
      </head>
      <body>
        <figure style="max-width: ${width}px">${markup(svg.replace("<svg ", '<svg tabindex="0" '))}</figure>
        <div id="tip" role="status" hidden></div>
        ${markup(scripts)}
      </body>
    </html>
  `}`.trimStart();
  const bytes = new TextEncoder().encode(page).length;
  if (bytes > LARGEST_PAGE) {
    throw new RangeError(
      `Cannot make figure ${figure.name} interactive as its page must have at most ${LARGEST_PAGE} bytes: it has ${bytes}`,
    );
  }
  return page;
}

const policy = `default-src 'none'; style-src 'unsafe-inline'; script-src ${HOVER_SCRIPT_SOURCE}`;

/** Readings with the colours of both modes. */
function painted(hover: PlacedHover): PlacedHover {
  if (hover.kind === "cells") return hover;
  const lines = hover.lines.map((line) => ({
    ...line,
    colour: `light-dark(${themeColour(line.colour, "light")}, ${themeColour(line.colour, "dark")})`,
  }));
  return { ...hover, lines };
}

/**
 * The same as a piece of HTML for a notebook or a page that holds other things: a frame that shares nothing with
 * its surroundings. Where frames are not shown (a notebook that is not trusted), a sentence says so.
 */
export function interactiveFrame(figure: Figure): string {
  const page = interactivePage(figure);
  const { width, height } = drawnFigure(figure);
  return `${html`
    <iframe srcdoc="${page}" title="${plainText(figure.title)}" sandbox="allow-scripts" loading="lazy"
      style="width: 100%; max-width: ${width}px; aspect-ratio: ${width} / ${height}; border: 0">This figure is shown where frames are: trust the notebook.</iframe>
  `}`;
}

/** An interactive figure: `html` is what a notebook shows, `page` what a file holds. */
export interface Interactive {
  /** A frame for a cell. */
  readonly html: string;
  /** A whole page for a file. */
  readonly page: string;
}

/** A figure whose values are read by hovering: `show` takes it, and its page is one file that needs nothing else. */
export function interactive(figure: Figure): Interactive {
  requireFigure("Cannot make this interactive", figure);
  return displayed({ html: interactiveFrame(figure), page: interactivePage(figure) });
}
