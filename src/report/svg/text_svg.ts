/** Text and numbers of an SVG. */
import { html, markup } from "../html/html.ts";

/** A <text> element with its baseline at y px; the text is escaped. */
export function textElement(
  text: string,
  x: number,
  y: number,
  size: number,
  fill: string,
  bold: boolean,
): string {
  const weight = bold ? ' font-weight="bold"' : "";
  return `${html`
    <text x="${x}" y="${rounded(y)}" font-size="${size}" fill="${fill}"
      ${markup(weight)}>${text}</text>
  `}`;
}

/** A number to two decimals: half the bytes, and no trace of how a machine rounds the last digit. */
export function rounded(value: number): string {
  return String(Math.round(value * 100) / 100 + 0);
}
