import * as Plot from "@observablehq/plot";
import { BAR_MS } from "../core/universe.ts";
import type { CandlesData } from "./candles.ts";
import { candlesHover } from "./candles_hover.ts";
import type { Bars } from "./coarse_bars.ts";
import type { Panel } from "./figure.ts";
import { type ChartFill, FILL_STYLES, fillColour, fillStyle } from "./fill_style.ts";
import { decimal } from "./format.ts";
import { FAINT, INK, PAPER, SOFT } from "./theme.ts";
import { axisDigits } from "./ticks.ts";
import { timePanelOptions } from "./time_panel.ts";

/** Px of the panel's height, and of its left margin, which the position below shares. */
export const PRICES = 400;
export const MARGIN_LEFT = 64;

/** Openings stand on closings and are smaller: a flip does both at one price, and both are to be seen. */
const DRAWN = [...FILL_STYLES].sort((a, b) => Number(a.filled) - Number(b.filled));

/**
 * The panel of prices: candles, the stop in force, fills where they were filled.
 *
 * @param candles The bars, `factor` to a candle. @param fills Those within the bars that are trades.
 */
export function pricePanel(
  data: CandlesData,
  candles: Bars,
  fills: readonly ChartFill[],
  factor: number,
  width: number,
): Panel {
  const half = factor * BAR_MS / 2;
  const rows = Array.from(candles.openTime, (_, i) => i);
  const x = (row: number) => candles.openTime[row]! + half;
  const stopAt = data.stops ? Array.from(data.stops, (_, i) => i) : [];
  const prices = [...candles.low, ...candles.high, ...fills.map(({ price }) => price), ...(data.stops ?? [])]
    .filter((price) => price > 0);
  const low = prices.reduce((a, b) => Math.min(a, b), Infinity),
    high = prices.reduce((a, b) => Math.max(a, b), 0);
  const air = (high - low) / 30 || high / 30;
  const inner = width - MARGIN_LEFT - 14;
  const body = Math.max(1, Math.min(9, 0.62 * inner / rows.length));
  const options = timePanelOptions(data.bars.openTime, width, PRICES, false);
  const up = (row: number) => candles.close[row]! >= candles.open[row]!;
  return {
    x: 0,
    y: 0,
    width,
    height: PRICES,
    title: "",
    plot: {
      ...options,
      marginLeft: MARGIN_LEFT,
      y: {
        domain: [low - air, high + air],
        ticks: 7,
        tickFormat: (tick: number) => decimal(tick, axisDigits(high - low)),
        tickSize: 0,
        label: null,
      },
      marks: [
        Plot.gridY({ ticks: 7, stroke: FAINT, strokeOpacity: 1 }),
        Plot.ruleX(rows, {
          x,
          y1: (row: number) => candles.low[row]!,
          y2: (row: number) => candles.high[row]!,
          stroke: SOFT,
          strokeWidth: 0.8,
          ariaDescription: "wicks",
        }),
        ...[true, false].map((rising) =>
          Plot.ruleX(rows.filter((row) => up(row) === rising), {
            x,
            y1: (row: number) => candles.open[row]!,
            y2: (row: number) => candles.close[row]!,
            stroke: SOFT,
            strokeWidth: body,
            ariaDescription: rising ? "rising bodies" : "falling bodies",
          })
        ),
        Plot.ruleX(rows.filter((row) => up(row) && body >= 2.4), { // a hole in a rising body
          x,
          y1: (row: number) => candles.open[row]!,
          y2: (row: number) => candles.close[row]!,
          stroke: PAPER,
          strokeWidth: body - 1.4,
          insetTop: 0.7,
          insetBottom: 0.7,
          ariaDescription: "hollows",
        }),
        ...(data.stops
          ? [Plot.line(stopAt, {
            x: (i: number) => data.bars.openTime[i]! + BAR_MS / 2,
            y: (i: number) => data.stops![i]!,
            stroke: INK,
            strokeWidth: 1,
            strokeDasharray: "1.5,2.5",
            curve: "step",
            ariaDescription: "stop in force",
          })]
          : []),
        ...DRAWN.map((style) =>
          Plot.dot(fills.filter((fill) => fillStyle(fill) === style), {
            x: ({ time }: ChartFill) => Math.floor(time / (2 * half)) * 2 * half + half,
            y: "price",
            symbol: style.symbol,
            rotate: style.rotate,
            r: style.filled ? 4.2 : 6,
            fill: style.symbol === "times" ? "none" : style.filled ? fillColour(style) : PAPER,
            stroke: style.filled ? PAPER : fillColour(style),
            strokeWidth: style.filled ? 0.7 : 1.6,
            ariaDescription: style.label,
          })
        ),
      ],
    },
    hover: candlesHover(candles, fills, factor),
  };
}
