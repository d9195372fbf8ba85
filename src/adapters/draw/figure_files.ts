/** A figure in the formats in which it leaves the house. */
import type { Figure } from "../../figures/figure.ts";
import type { Theme } from "../../figures/theme_colours.ts";
import { figureSvg } from "../../report/svg/figure_svg.ts";
import { svgToPdf } from "./pdf_export.ts";
import { svgToPng } from "./png_export.ts";
import { embedFonts } from "./svg_export.ts";

/** Formats by their file ending; equal figures give equal bytes in each. */
const WRITERS = {
  svg: (svg: string) => embedFonts(svg),
  png: (svg: string) => Promise.resolve(svgToPng(svg)),
  pdf: (svg: string) => svgToPdf(svg),
} as const satisfies Record<string, (svg: string) => Promise<string | Uint8Array>>;
/**
 * Formats of figure files.
 *
 * @internal
 */
export type FigureFormat = keyof typeof WRITERS;
export const FIGURE_FORMATS = Object.keys(WRITERS) as readonly FigureFormat[];

/** A figure as the content of a file: an SVG with its letters, a PNG of two px a px, a PDF with its fonts. */
export async function figureFile(
  figure: Figure,
  format: FigureFormat,
  theme: Exclude<Theme, "auto"> = "light",
): Promise<string | Uint8Array> {
  return await WRITERS[format](figureSvg(figure, { text: true, ground: true, theme }));
}
