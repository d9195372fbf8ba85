/** Readings of a panel brought from data to px of the figure, as small as JSON can hold them. */
import type { Hover, HoverCell } from "../../figures/hover.ts";

/** A rectangle in px from the figure's top left corner. */
export interface Place {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Readings as the page's script takes them; whole px. */
export type PlacedHover =
  & Place
  & (
    | {
      readonly kind: "lines";
      readonly xs: readonly number[];
      readonly heads: readonly string[];
      /** A null has no dot. */
      readonly lines: readonly {
        readonly label: string;
        readonly colour: string;
        readonly ys: readonly (number | null)[];
        readonly texts: readonly string[];
      }[];
    }
    | {
      readonly kind: "cells";
      /** [left, top, width, height, head, text ...]. */
      readonly cells: readonly (readonly [number, number, number, number, string, ...string[]])[];
    }
  );

/** A scale as Plot exposes it. */
interface PlacingScale {
  apply(value: unknown): number;
  readonly bandwidth?: number;
}

/**
 * Places a panel's readings.
 *
 * @param scaleOf The drawn plot's scales by name.
 * @param place Where the plot stands in the figure.
 * @throws {RangeError} If the plot has no x or y scale to read by.
 */
export function placeHover(
  hover: Hover,
  scaleOf: (name: "x" | "y") => unknown,
  place: Place,
): PlacedHover {
  const [x, y] = (["x", "y"] as const).map((name) => {
    const scale = scaleOf(name);
    if (!scale) {
      throw new RangeError(`Cannot read a panel's values as its plot must have a scale ${name}: it has none`);
    }
    return scale as PlacingScale;
  }) as [PlacingScale, PlacingScale];
  if (hover.kind === "cells") {
    return {
      kind: "cells",
      ...place,
      cells: hover.cells.map((cell) => placedCell(cell, x, y, place)),
    };
  }
  return {
    kind: "lines",
    ...place,
    xs: hover.x.map((value) => Math.round(place.x + x.apply(value))),
    heads: hover.heads,
    lines: hover.lines.map(({ label, colour, y: values, texts }) => ({
      label,
      colour,
      ys: values.map((value) => placedY(y.apply(value), place)),
      texts,
    })),
  };
}

/** Whole px from the figure's top; null for what is not finite or outside the panel. */
function placedY(y: number, place: Place): number | null {
  return Number.isFinite(y) && y >= 0 && y <= place.height ? Math.round(place.y + y) : null;
}

function placedCell(cell: HoverCell, x: PlacingScale, y: PlacingScale, place: Place) {
  const [left, right] = span(cell.x, x), [top, bottom] = span(cell.y, y);
  return [
    Math.round(place.x + left),
    Math.round(place.y + top),
    Math.round(right - left),
    Math.round(bottom - top),
    cell.head,
    ...cell.texts,
  ] as const;
}

/** From and to in px, ascending. */
function span(value: HoverCell["x"], scale: PlacingScale): readonly [number, number] {
  if (typeof value === "object") {
    const [a, b] = value.map((end) => scale.apply(end)) as [number, number];
    return a < b ? [a, b] : [b, a];
  }
  const start = scale.apply(value);
  return [start, start + (scale.bandwidth ?? 0)];
}
