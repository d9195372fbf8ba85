import * as Plot from "@observablehq/plot";
import { BAR_MS } from "../core/universe.ts";
import type { FigureHead } from "./account_line.ts";
import { candlesHover } from "./candles_hover.ts";
import { type Bars, barsPerCandle, candleText, coarseBars } from "./coarse_bars.ts";
import { type Figure, type Panel, PANEL_TITLE } from "./figure.ts";
import { type ChartFill, FILL_STYLES, fillColour, fillLegend, fillStyle } from "./fill_style.ts";
import { count, decimal } from "./format.ts";
import { plainText } from "./text.ts";
import { FAINT, INK, PAPER, SOFT, STRONG, WIDTHS } from "./theme.ts";
import { timePanelOptions } from "./time_panel.ts";

/** One coin's bars and what an account did in them. */
export interface CandlesData {
  readonly coin: string;
  readonly bars: Bars;
  /** Fills of the coin, in order of time. Funding and fills outside the bars are left out. */
  readonly fills: readonly ChartFill[];
  /** Position before the first bar, coins. */
  readonly position: number;
  /** Price of the stop in force during each bar, USDT, NaN where there is none; shape [n]. */
  readonly stops: Float64Array | null;
}

const PRICES = 400;
const POSITION = 130;
/** Px that one candle needs. */
const CANDLE = 4;
const MARGIN_LEFT = 64;

/**
 * Candles with the account's buys, sells, stops and liquidations where they were filled, and its position below.
 * Where there are more bars than candles can stand, one candle holds several bars.
 *
 * @throws {RangeError} If there is no bar or columns differ in length.
 */
export function candlesFigure(data: CandlesData, head: FigureHead): Figure {
  requireBars(data);
  const width = WIDTHS[head.width ?? "page"];
  const { openTime } = data.bars;
  const factor = barsPerCandle(openTime.length, (width - MARGIN_LEFT - 20) / CANDLE);
  const candles = coarseBars(data.bars, factor);
  const first = openTime[0]!, end = openTime.at(-1)! + BAR_MS;
  const fills = data.fills.filter((fill) =>
    fill.time >= first && fill.time < end && fillStyle(fill) !== undefined
  );
  const coin = plainText(data.coin);
  return {
    name: "candles",
    title: `${coin}: bars and trades`,
    subtitle: head.subtitle,
    caption:
      `One candle is ${
        candleText(factor)
      }; hollow ones close above their open. Marks stand at the price and in the ` +
      "candle of the fill: triangles up buy, down sell, filled ones open or add, hollow ones close; a cross is a stop, a " +
      "diamond a liquidation (at the bankruptcy price)." +
      (data.stops ? " The dotted line is the stop in force." : "") +
      " Below: the position after each bar.",
    width,
    height: PRICES + POSITION,
    legend: fillLegend(fills),
    panels: [
      pricePanel(data, candles, fills, factor, width),
      positionPanel(data, fills, width),
    ],
  };
}

function pricePanel(
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
        tickFormat: (tick: number) => decimal(tick, priceDigits(high - low)),
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
        ...FILL_STYLES.map((style) =>
          Plot.dot(fills.filter((fill) => fillStyle(fill) === style), {
            x: ({ time }: ChartFill) => Math.floor(time / (2 * half)) * 2 * half + half,
            y: "price",
            symbol: style.symbol,
            rotate: style.rotate,
            r: style.filled ? 4.6 : 4,
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

function positionPanel(data: CandlesData, fills: readonly ChartFill[], width: number): Panel {
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
        tickFormat: (tick: number) => decimal(tick, priceDigits(most)),
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

/** Decimals that a step on an axis over this span needs. */
export function priceDigits(span: number): number {
  return Math.min(8, Math.max(0, Math.ceil(1 - Math.log10(span > 0 ? span : 1))));
}

function requireBars({ coin, bars, stops }: CandlesData): void {
  const n = bars.openTime.length;
  const columns = [bars.open, bars.high, bars.low, bars.close, ...(stops ? [stops] : [])];
  if (n === 0 || columns.some((column) => column.length !== n)) {
    throw new RangeError(
      `Cannot draw candles of "${
        plainText(coin)
      }" as there must be at least one bar with all its prices: there are ${count(n)} times and columns of ${
        columns.map(({ length }) => length).join(", ")
      }`,
    );
  }
}
