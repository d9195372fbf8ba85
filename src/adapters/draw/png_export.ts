/** SVG to PNG with fonts that are part of the project, so that every machine draws the same pixels. */
import { Resvg } from "@resvg/resvg-js";
import { facePath, FACES, FONT_FAMILY } from "./fonts.ts";

/** Draws an SVG as PNG bytes, `zoom` px for each px of the SVG. @throws {RangeError} If zoom is not above 0. */
export function svgToPng(svg: string, zoom = 2): Uint8Array {
  if (!(zoom > 0)) {
    throw new RangeError(`Cannot draw a PNG as zoom must be above 0: current value is ${zoom}`);
  }
  const font = { loadSystemFonts: false, fontFiles: FACES.map(facePath), defaultFontFamily: FONT_FAMILY };
  return new Resvg(svg, { fitTo: { mode: "zoom", value: zoom }, font }).render().asPng();
}
