import type { PlotOptions } from "@observablehq/plot";
import { printable } from "../core/printable.ts";
import type { Hover } from "./hover.ts";

/** Px at the top of a panel that its title takes, if it has one; the plot stands below. */
export const PANEL_TITLE = 20;

/**
 * One plot of a figure: its place in px from the figure's top left corner, and what Plot draws there.
 *
 * @internal
 */
export interface Panel {
  /** Px from the left. */
  readonly x: number;
  /** Px from the top. */
  readonly y: number;
  /** Px. */
  readonly width: number;
  /** Px. */
  readonly height: number;
  /** Set in bold above the plot, in the first PANEL_TITLE px; "" for none. */
  readonly title: string;
  /** Without title, legend or document: those are added where the figure is drawn. */
  readonly plot: PlotOptions;
  /** What a pointer reads in an interactive figure; a panel without it shows no values. */
  readonly hover?: Hover;
}

/** How a key of the legend looks. Shapes differ, so that the legend can be read without colour. */
export type LegendShape =
  | "line"
  | "thick"
  | "dashed"
  | "square"
  | "dot"
  | "ring"
  | "triangle"
  | "triangleDown"
  | "triangleRing"
  | "triangleDownRing"
  | "cross"
  | "diamond";

/** One entry of a legend. */
export interface LegendEntry {
  /** What it says. */
  readonly label: string;
  /** As CSS writes it. */
  readonly colour: string;
  /** How its key is drawn. */
  readonly shape: LegendShape;
}

/**
 * A figure as data: a pure function of stored results made it, and nothing has been drawn yet. All text is
 * plain text; whoever draws it escapes it.
 */
export interface Figure {
  /** Stem of its file name, unique in a report. */
  readonly name: string;
  /** Set above it. */
  readonly title: string;
  /** Where the data come from; says SYNTHETIC if they are. */
  readonly subtitle: string;
  /** How to read it: units, marks, what is left out. */
  readonly caption: string;
  /** Size in px of the area that holds the panels; title, legend and caption come on top. */
  readonly width: number;
  /** See width. */
  readonly height: number;
  /** Its plots. */
  readonly panels: readonly Panel[];
  /** Its keys, in order. */
  readonly legend: readonly LegendEntry[];
}

/** What a figure is made of; a table has a title and a caption too. */
const PARTS = ["title", "subtitle", "caption", "width", "height", "panels", "legend"] as const;

/**
 * Refuses what is no figure, a table above all.
 *
 * @param what What could not be done: "Cannot draw this".
 * @throws {RangeError} With what it is, and what to give or call instead.
 */
export function requireFigure(what: string, given: unknown): asserts given is Figure {
  const parts = typeof given === "object" && given !== null ? Object.keys(given) : [];
  const { panels, legend } = (parts.length > 0 ? given : {}) as Partial<Figure>;
  if (PARTS.every((part) => parts.includes(part)) && Array.isArray(panels) && Array.isArray(legend)) return;
  throw new RangeError(
    `${what} as it must be a figure, such as equityFigure(result, series) gives: it is ${
      whatItIs(given, parts)
    }`,
  );
}

function whatItIs(given: unknown, parts: readonly string[]): string {
  if (given instanceof Promise) return "a promise; write await before it";
  if (Array.isArray(given)) return "a list; give one of its figures, list[0]";
  if (parts.includes("columns") && parts.includes("rows")) {
    return "a table, which show(...) shows and csvTable, latexTable and markdownTable write";
  }
  if (parts.includes("account") && parts.includes("fills")) {
    return "a back-test; backtestFigures({ mine: it }) gives figures";
  }
  if (parts.includes("result") && parts.includes("series")) return "a run; runFigures(run) gives its figures";
  if (parts.includes("html") && parts.includes("page")) {
    return "an interactive figure already; its page is the file";
  }
  return parts.length > 0
    ? `an object of ${printable(parts.slice(0, 6).join(", "))}`
    : printable(String(given), 60);
}
