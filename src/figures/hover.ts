/** What a pointer over a panel reads. The values are text by now, so that they read the same wherever they show. */

/** Lines over a common x: the pointer reads the nearest x of all of them. */
export interface LinesHover {
  readonly kind: "lines";
  /** In units of the panel's x scale, ascending; shape [n]. */
  readonly x: readonly number[];
  /** What stands above the readings at each x; shape [n]. */
  readonly heads: readonly string[];
  readonly lines: readonly HoverLine[];
}

/** One line of readings. */
export interface HoverLine {
  readonly label: string;
  readonly colour: string;
  /** Where a dot marks the reading, in units of the panel's y scale; NaN for none; shape [n]. */
  readonly y: readonly number[];
  /** What is read; "" leaves the line out at that x; shape [n]. */
  readonly texts: readonly string[];
}

/** Areas, each with its own text: the pointer reads the one it is over. */
export interface CellsHover {
  readonly kind: "cells";
  readonly cells: readonly HoverCell[];
}

/** One area. A place is a pair of values of its scale, or the value of a band. */
export interface HoverCell {
  readonly x: readonly [number, number] | number | string;
  readonly y: readonly [number, number] | number | string;
  readonly head: string;
  readonly texts: readonly string[];
}

export type Hover = LinesHover | CellsHover;

/** Rows from 0 to n-1, at most `most` of them and evenly spread: as many readings as a pointer can tell apart. */
export function readRows(n: number, most = 700): number[] {
  if (n <= most) return Array.from({ length: n }, (_, i) => i);
  return Array.from({ length: most }, (_, i) => Math.round(i * (n - 1) / (most - 1)));
}
