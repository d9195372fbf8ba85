import { displayed } from "./displayed.ts";
import type { PlotOptions } from "@observablehq/plot";
import type { Figure } from "./figure.ts";
import type { Hover } from "./hover.ts";
import { FIGURE_WIDTH, panelOptions } from "./theme.ts";

/** A figure of one panel that fills it and needs no legend; `hover` is what a pointer reads in it. */
export function singlePanelFigure(
  head: Pick<Figure, "name" | "title" | "subtitle" | "caption">,
  height: number,
  plot: PlotOptions,
  hover?: Hover,
  width: number = FIGURE_WIDTH,
): Figure {
  return displayed({
    ...head,
    width,
    height,
    legend: [],
    panels: [{
      x: 0,
      y: 0,
      width,
      height,
      title: "",
      plot: { ...panelOptions(width, height), ...plot },
      ...(hover ? { hover } : {}),
    }],
  });
}
