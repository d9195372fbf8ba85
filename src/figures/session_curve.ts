/** Equity of a paper session since its start, and below it what is lost from the highest so far. */
import * as Plot from "@observablehq/plot";
import { displayed } from "./displayed.ts";
import type { Figure } from "./figure.ts";
import { decimal, percent } from "./format.ts";
import { type LinesHover, readRows } from "./hover.ts";
import type { SessionEquity } from "./session_equity.ts";
import { FAINT, type FigureWidth, LOSS, panelOptions, SOFT, STRONG, widthOf } from "./theme.ts";
import { thinLine } from "./thin.ts";
import { roundStep, stepDigits } from "./ticks.ts";
import { timeAxis } from "./time_axis.ts";
import { minute } from "./time_panel.ts";

/** Px of both panels. */
const HEIGHT: Readonly<Record<FigureWidth, readonly [equity: number, lost: number]>> = {
  page: [230, 120],
  column: [200, 110],
  phone: [180, 110],
};
/** The least span of the drawdown's axis: a fraction. */
const SHALLOW = 0.01;
const LEFT = 62, RIGHT = 14;

/** Both panels over the same times. Upright lines are alerts. */
export function sessionCurveFigure(
  { subtitle, times, equity, alerts }: SessionEquity,
  size: FigureWidth = "page",
): Figure {
  const width = widthOf(size), [high, low] = HEIGHT[size];
  const from = times[0]!, to = Math.max(times.at(-1)!, from + 1);
  const x = { ...timeAxis(from, to), ticks: size === "page" ? 8 : 4 };
  const lost = drawdownsOf(equity);
  const deepest = Math.max(SHALLOW, ...lost), step = roundStep(deepest, 3);
  const floor = Math.ceil(deepest / step - 1e-9) * step;
  const ticks = Array.from({ length: Math.round(floor / step) + 1 }, (_, i) => i * step);
  const digits = (Math.max(...equity) - Math.min(...equity)) < 20 ? 2 : 0;
  const told = Plot.ruleX(alerts, {
    stroke: LOSS,
    strokeWidth: 1,
    strokeOpacity: 0.6,
    ariaDescription: "alerts",
  });
  const hover = (panel: "equity" | "drawdown"): LinesHover => {
    const rows = readRows(times.length, 400);
    const read = (
      label: "equity" | "drawdown",
      values: readonly number[],
      text: (value: number) => string,
    ) => ({
      label,
      colour: STRONG[0],
      y: rows.map((row) => label === panel ? values[row]! : NaN),
      texts: rows.map((row) => text(values[row]!)),
    });
    return {
      kind: "lines",
      x: rows.map((row) => times[row]!),
      heads: rows.map((row) => minute(times[row]!)),
      lines: [
        read("equity", equity, (value) => `${decimal(value)} USDT`),
        read("drawdown", lost, (value) => percent(value, 2)),
      ],
    };
  };
  const line = (values: readonly number[]) => thinLine(times, Float64Array.from(values), 600);
  const place = { x: 0, width, title: "" };
  return displayed({
    name: "session_curve",
    title: "Equity and drawdown",
    subtitle,
    caption: "Above: equity in USDT at each close after fees, slippage and funding; the grey line is the " +
      "start. Below: share of the highest equity so far that is lost. Upright lines are alerts.",
    width,
    height: high + low,
    legend: [],
    panels: [
      {
        ...place,
        y: 0,
        height: high,
        hover: hover("equity"),
        plot: {
          ...panelOptions(width, high),
          marginTop: 10,
          marginLeft: LEFT,
          marginRight: RIGHT,
          marginBottom: 12,
          x: { ...x, tickFormat: () => "", tickSize: 0, label: null },
          y: {
            label: null,
            nice: true,
            ticks: 5,
            tickSize: 0,
            tickFormat: (value: number) => decimal(value, digits),
          },
          marks: [
            Plot.gridY({ ticks: 5, stroke: FAINT, strokeOpacity: 1 }),
            Plot.ruleY([equity[0]!], { stroke: SOFT, strokeWidth: 0.8, ariaDescription: "start" }),
            told,
            Plot.line(line(equity), { stroke: STRONG[0], strokeWidth: 2, ariaDescription: "equity" }),
          ],
        },
      },
      {
        ...place,
        y: high,
        height: low,
        hover: hover("drawdown"),
        plot: {
          ...panelOptions(width, low),
          marginTop: 8,
          marginLeft: LEFT,
          marginRight: RIGHT,
          marginBottom: 44,
          x,
          y: {
            domain: [floor, 0],
            ticks,
            tickFormat: (tick: number) => tick === 0 ? "0%" : `−${percent(tick, stepDigits(100 * step))}`,
            tickSize: 0,
            label: null,
          },
          marks: [
            Plot.gridY(ticks, { stroke: FAINT, strokeOpacity: 1 }),
            Plot.areaY(line(lost), {
              x: "0",
              y1: 0,
              y2: "1",
              fill: STRONG[0],
              fillOpacity: 0.25,
              ariaDescription: "drawdown area",
            }),
            told,
            Plot.line(line(lost), { stroke: STRONG[0], strokeWidth: 1.2, ariaDescription: "drawdown" }),
            Plot.ruleY([0], { stroke: SOFT, strokeWidth: 0.8 }),
          ],
        },
      },
    ],
  });
}

/** Share of the highest so far that is lost, at each. */
export function drawdownsOf(equity: readonly number[]): number[] {
  let highest = -Infinity;
  return equity.map((value) => {
    highest = Math.max(highest, value);
    return 1 - value / highest;
  });
}
