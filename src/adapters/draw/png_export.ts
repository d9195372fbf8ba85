/** SVG to PNG with fonts that are part of the project, so that every machine draws the same pixels. */
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { Resvg } from "@resvg/resvg-js";

const FONT_FILES = ["DejaVuSans.ttf", "DejaVuSans-Bold.ttf", "DejaVuSans-Oblique.ttf"];

/** Draws an SVG as PNG bytes, `zoom` px for each px of the SVG. @throws {RangeError} If zoom is not above 0. */
export function svgToPng(svg: string, zoom = 2): Uint8Array {
  if (!(zoom > 0)) {
    throw new RangeError(`Cannot draw a PNG as zoom must be above 0: current value is ${zoom}`);
  }
  const folder = dirname(createRequire(import.meta.url).resolve("dejavu-fonts-ttf/package.json"));
  const font = {
    loadSystemFonts: false,
    fontFiles: FONT_FILES.map((file) => join(folder, "ttf", file)),
    defaultFontFamily: "DejaVu Sans",
  };
  return new Resvg(svg, { fitTo: { mode: "zoom", value: zoom }, font }).render().asPng();
}
