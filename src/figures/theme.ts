/**
 * Colours and sizes that all figures share. Hues are from Okabe and Ito's palette, darkened where a thin
 * line needs it; they keep apart under the common colour blindnesses, and what matters also differs in
 * lightness, width, dash or shape, so that a greyscale print can be read.
 *
 * @see M. Okabe, K. Ito, Color Universal Design (2008).
 */
import type { PlotOptions } from "@observablehq/plot";
import { printable } from "../core/printable.ts";

/** Sans faces in order of preference; the last named one is what PNG files are drawn with. */
export const FONT = "Inter, Helvetica Neue, Arial, DejaVu Sans, sans-serif";
export const FONT_SIZE = 11;

/** Width of a figure in px. */
export const FIGURE_WIDTH = 900;

/**
 * Widths in px a figure may be laid out for. Type is 11 px in both: a column figure set 5.5 inches wide (the text
 * of a NeurIPS page) has type of 9 pt, a page figure 4.8 pt, so that one belongs on a screen or across two columns. A
 * phone's figure fills a phone held upright.
 */
export const WIDTHS = { phone: 360, column: 480, page: FIGURE_WIDTH } as const;
/**
 * What a figure is laid out for: phone, column or page.
 *
 * @internal
 */
export type FigureWidth = keyof typeof WIDTHS;

/** Px of a width. @throws {RangeError} If there is no such width. */
export function widthOf(size: FigureWidth): number {
  if (Object.hasOwn(WIDTHS, size)) return WIDTHS[size];
  throw new RangeError(
    `Cannot lay a figure out as its width must be one of ${
      Object.keys(WIDTHS).join(", ")
    }: current value is ${printable(String(size), 60)}`,
  );
}

export const INK = "#1d2126";
export const SOFT = "#5b636d";
export const FAINT = "#dfe2e6";
/** Marks in the background that must still be found, such as the times of transfers. */
export const QUIET = "#b4bac1";
export const PAPER = "#ffffff";

/** The two colours of what a figure is about: dark, then middle, in lightness. */
export const STRONG = ["#0b3f78", "#d9660a"] as const;
/** Learners that are compared with the population. */
export const LEARNER = ["#00755a", "#3d9b80", "#6a8f1f"] as const;
/** References without learning. */
export const REFERENCE = ["#6d747c", "#868d95", "#474e56"] as const;
/** Oracles: always dashed. */
export const ORACLE = ["#8b3a78", "#b3689f"] as const;

/** Five colours for the variants of a role, from dark to light. */
export const VARIANT = ["#0b3f78", "#a8430a", "#00866a", "#c67bab", "#e0a100"] as const;

/** What was won and what was lost: they differ in hue and in lightness. */
export const GAIN = "#00755a";
export const LOSS = "#d9660a";

/** Item i of a palette, starting over at its end. */
export function cycle(palette: readonly string[], i: number): string {
  return palette[i % palette.length]!;
}

/** Plot options that every panel starts from. */
export function panelOptions(width: number, height: number): PlotOptions {
  return { width, height, marginTop: 22, marginRight: 14, marginBottom: 34, marginLeft: 58 };
}
