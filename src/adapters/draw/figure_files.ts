/** A figure in the formats in which it leaves the house. */
import { printable } from "../../core/printable.ts";
import { type Figure, requireFigure } from "../../figures/figure.ts";
import { requireTheme, type Theme, THEMES } from "../../figures/theme_colours.ts";
import { figureSvg } from "../../report/svg/figure_svg.ts";

/**
 * Formats by their file ending; equal figures give equal bytes in each. What writes one is loaded when it is first
 * needed: every command line would else wait for fonts and PDF.
 */
const WRITERS = {
  svg: async (svg: string) => await (await import("./svg_export.ts")).embedFonts(svg),
  png: async (svg: string) => (await import("./png_export.ts")).svgToPng(svg),
  pdf: async (svg: string) => await (await import("./pdf_export.ts")).svgToPdf(svg),
} as const satisfies Record<string, (svg: string) => Promise<string | Uint8Array>>;
/**
 * Formats of figure files.
 *
 * @internal
 */
export type FigureFormat = keyof typeof WRITERS;
export const FIGURE_FORMATS = Object.keys(WRITERS) as readonly FigureFormat[];

/**
 * A figure as the content of a file: an SVG with its letters, a PNG of two px a px, a PDF with its fonts.
 *
 * @throws {RangeError} If it is no figure, or there is no such format or theme.
 */
export async function figureFile(
  figure: Figure,
  format: FigureFormat,
  theme: Exclude<Theme, "auto"> = "light",
): Promise<string | Uint8Array> {
  requireFigure("Cannot write this as a file", figure);
  if (!Object.hasOwn(WRITERS, format)) {
    throw new RangeError(
      `Cannot write a figure as its format must be one of ${FIGURE_FORMATS.join(", ")}: current value is ${
        printable(String(format))
      }`,
    );
  }
  requireTheme(theme, THEMES.filter((one) => one !== "auto")); // the reader's mode is a browser's to know
  return await WRITERS[format](figureSvg(figure, { text: true, ground: true, theme }));
}
