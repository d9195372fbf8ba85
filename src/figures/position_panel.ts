import * as Plot from "@observablehq/plot";
import { BAR_MS } from "../core/universe.ts";
import type { CandlesData } from "./candles.ts";
import { type Panel, PANEL_TITLE } from "./figure.ts";
import type { ChartFill } from "./fill_style.ts";
import { decimal } from "./format.ts";
import { MARGIN_LEFT, PRICES } from "./price_panel.ts";
import { plainText } from "./text.ts";
import { SOFT, STRONG } from "./theme.ts";
import { axisDigits } from "./ticks.ts";
import { timePanelOptions } from "./time_panel.ts";

/** Px of the panel's height. */
export const POSITION = 130;

/** The panel below the prices: what the account holds after each fill, long up, short down. */
export function positionPanel(data: CandlesData, fills: readonly ChartFill[], width: number): Panel {
  const { openTime } = data.bars;
  const points: { time: number; held: number }[] = [{ time: openTime[0]!, held: data.position }];
  let held = data.position;
  for (const fill of fills) points.push({ time: fill.time, held: held += fill.quantity });
  points.push({ time: openTime.at(-1)! + BAR_MS, held });
  const most = Math.max(0, ...points.map((point) => Math.abs(point.held))) || 1;
  const lowest = Math.min(0, ...points.map((point) => point.held)),
    highest = Math.max(0, ...points.map((point) => point.held));
  return {
    x: 0,
    y: PRICES,
    width,
    height: POSITION,
    title: `Position (${plainText(data.coin)})`,
    plot: {
      ...timePanelOptions(openTime, width, POSITION - PANEL_TITLE),
      marginLeft: MARGIN_LEFT,
      marginTop: 6,
      y: {
        domain: lowest === highest ? [0, 1] : [lowest * 1.05, highest * 1.05],
        ticks: 3,
        tickFormat: (tick: number) => decimal(tick, axisDigits(most)),
        tickSize: 0,
        label: null,
      },
      marks: [
        ...[1, -1].map((side) =>
          Plot.areaY(points, {
            x: "time",
            y1: 0,
            y2: ({ held }: { held: number }) => (side * held > 1e-12 ? held : 0),
            curve: "step-after",
            fill: side > 0 ? STRONG[0] : STRONG[1],
            fillOpacity: 0.55,
            ariaDescription: side > 0 ? "long" : "short",
          })
        ),
        Plot.ruleY([0], { stroke: SOFT, strokeWidth: 0.8 }),
      ],
    },
  };
}
