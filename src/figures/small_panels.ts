/** Small plots of equal size in rows: how many stand side by side, and where each one is. */
import type { Panel } from "./figure.ts";
import { type FigureWidth, widthOf } from "./theme.ts";

const ACROSS = { page: 3, column: 2, phone: 1 } as const;

/** Places of `count` plots of a height, and the height of all of them. */
export function smallPanels(count: number, height: number, size: FigureWidth) {
  const across = Math.min(ACROSS[size], Math.max(1, count)), width = widthOf(size) / across;
  const placeOf = (i: number): Pick<Panel, "x" | "y" | "width" | "height"> => ({
    x: (i % across) * width,
    y: Math.floor(i / across) * height,
    width,
    height,
  });
  return { across, placeOf, whole: height * Math.ceil(count / across) };
}
