/** The legend of a figure: keys whose shapes differ, so that they can be read without colour. */
import type { LegendEntry } from "../../figures/figure.ts";
import { fitText, textWidth } from "../../figures/text.ts";
import { FONT_SIZE, INK, PAPER } from "../../figures/theme.ts";
import { textElement } from "./text_svg.ts";

const EDGE = 6;

/** The keys in rows from the left; as many rows as the width needs. */
export function legendElements(
  entries: readonly LegendEntry[],
  width: number,
  top: number,
): { svg: string; height: number } {
  if (entries.length === 0) return { svg: "", height: 0 };
  const parts: string[] = [];
  let x = EDGE, y = top + 10;
  for (const entry of entries) {
    const label = fitText(entry.label, width - 2 * EDGE - 26, FONT_SIZE);
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
    case "triangleDown":
      return `<path d="M${middle},${y + 5}l5,-9h-10z" fill="${colour}"/>`;
    case "triangleRing":
      return `<path d="M${middle},${y - 5}l5,9h-10z" fill="${PAPER}" stroke="${colour}" stroke-width="1.4"/>`;
    case "triangleDownRing":
      return `<path d="M${middle},${
        y + 5
      }l5,-9h-10z" fill="${PAPER}" stroke="${colour}" stroke-width="1.4"/>`;
    case "diamond":
      return `<path d="M${middle},${y - 5}l5,5l-5,5l-5,-5z" fill="${colour}"/>`;
    case "cross":
      return `<path d="M${middle - 4},${
        y - 4
      }l8,8m0,-8l-8,8" stroke="${colour}" stroke-width="1.5" fill="none"/>`;
  }
}
