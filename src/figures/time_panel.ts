import type { PlotOptions } from "@observablehq/plot";
import { BAR_MS } from "../core/universe.ts";
import { panelOptions } from "./theme.ts";
import { timeAxis } from "./time_axis.ts";

/** Options of a panel over time, `width` px wide; one that stands above another of the same times has no labels. */
export function timePanelOptions(
  openTime: ArrayLike<number>,
  width: number,
  height: number,
  labelled = true,
): PlotOptions {
  const first = openTime[0]!, last = openTime[openTime.length - 1]! + BAR_MS;
  const axis = timeAxis(first, last), ticks = Math.max(3, Math.round(width / 110));
  return {
    ...panelOptions(width, height),
    marginTop: 12,
    marginRight: 20,
    marginBottom: labelled ? 46 : 8,
    x: labelled
      ? { ...axis, ticks, labelOffset: 42 }
      : { ...axis, ticks, tickFormat: () => "", tickSize: 3, label: null },
  };
}

/** "2024-03-05 08:00 UTC" of an instant in ms UTC. */
export function minute(time: number): string {
  return `${new Date(time).toISOString().slice(0, 16).replace("T", " ")} UTC`;
}
