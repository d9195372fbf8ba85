import type { PlotOptions } from "@observablehq/plot";
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
