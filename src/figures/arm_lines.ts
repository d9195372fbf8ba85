/** Figures of one line an arm, one panel a market. */
import * as Plot from "@observablehq/plot";
import { displayed } from "./displayed.ts";
import { armName } from "./evidence_head.ts";
import { type Figure, PANEL_TITLE } from "./figure.ts";
import { cycle, FAINT, type FigureWidth, panelOptions, SOFT, VARIANT, WIDTHS } from "./theme.ts";

const HEIGHT = 250;
/** Colour and dash differ, so that a greyscale print can be read. */
const DASHES = ["none", "6,3", "2,3", "9,3,2,3", "12,3"];

/** One arm on one market. */
export interface ArmLine {
  readonly arm: string;
  readonly market: string;
  readonly points: readonly (readonly [x: number, y: number])[];
}

/** What a figure of arms is drawn by. */
export interface ArmLinesHead extends Pick<Figure, "name" | "title" | "subtitle" | "caption"> {
  readonly x: string;
  readonly y: string;
  readonly curve: "linear" | "step-after";
  /** Range of y; null fits it. */
  readonly range: readonly [number, number] | null;
}

/** Panels side by side, a legend of all arms. */
export function armLinesFigure(lines: readonly ArmLine[], head: ArmLinesHead, size: FigureWidth): Figure {
  const { x, y, curve, range, ...said } = head;
  const markets = [...new Set(lines.map(({ market }) => market))],
    arms = [...new Set(lines.map(({ arm }) => arm))];
  const across = size === "phone" ? 1 : markets.length, width = WIDTHS[size] / across;
  const all = lines.flatMap(({ points }) => points.map(([, value]) => value));
  const domain = range ?? [Math.min(0, ...all), Math.max(0, ...all)];
  return displayed({
    ...said,
    width: WIDTHS[size],
    height: HEIGHT * Math.ceil(markets.length / across),
    legend: arms.map((arm, i) => ({
      label: armName(arm),
      colour: cycle(VARIANT, i),
      shape: i === 0 ? "thick" as const : "dashed" as const,
    })),
    panels: markets.map((market, i) => ({
      x: (i % across) * width,
      y: Math.floor(i / across) * HEIGHT,
      width,
      height: HEIGHT,
      title: market,
      plot: {
        ...panelOptions(width, HEIGHT - PANEL_TITLE),
        marginBottom: 42,
        x: { label: x, labelAnchor: "center", labelArrow: "none", ticks: across > 2 ? 3 : 5 },
        y: { domain, label: i % across === 0 ? y : null, labelArrow: "none", ticks: 5, nice: range === null },
        marks: [
          Plot.gridY({ ticks: 5, stroke: FAINT, strokeOpacity: 1 }),
          Plot.ruleY([0], { stroke: SOFT }),
          ...arms.map((arm, at) =>
            Plot.line(lines.find((line) => line.arm === arm && line.market === market)?.points ?? [], {
              stroke: cycle(VARIANT, at),
              strokeWidth: at === 0 ? 2.4 : 1.7,
              strokeDasharray: cycle(DASHES, at),
              curve,
              ariaDescription: `${arm} on ${market}`,
            })
          ),
        ],
      },
    })),
  });
}
