import { displayed } from "./displayed.ts";
import { BAR_MS } from "../core/universe.ts";
import { type FigureHead, requireHead } from "./account_line.ts";
import { type Bars, barsPerCandle, candleText, coarseBars } from "./coarse_bars.ts";
import type { Figure } from "./figure.ts";
import { type ChartFill, fillLegend, fillStyle } from "./fill_style.ts";
import { count } from "./format.ts";
import { plainText } from "./text.ts";
import { POSITION, positionPanel } from "./position_panel.ts";
import { MARGIN_LEFT, pricePanel, PRICES } from "./price_panel.ts";
import { widthOf } from "./theme.ts";

/** One coin's bars and what an account did in them. */
export interface CandlesData {
  /** Its symbol. */
  readonly coin: string;
  /** Its prices over time. */
  readonly bars: Bars;
  /** Fills of the coin, in order of time. Funding and fills outside the bars are left out. */
  readonly fills: readonly ChartFill[];
  /** Position before the first bar, coins. */
  readonly position: number;
  /** Price of the stop in force during each bar, USDT, NaN where there is none; shape [n]. */
  readonly stops: Float64Array | null;
}

/** Px that one candle needs. */
const CANDLE = 4;

/**
 * Candles with the account's buys, sells, stops and liquidations where they were filled, and its position below.
 * Where there are more bars than candles can stand, one candle holds several bars.
 *
 * @throws {RangeError} If there is no bar or columns differ in length.
 */
export function candlesFigure(data: CandlesData, head: FigureHead): Figure {
  requireBars(data);
  requireHead(head);
  const width = widthOf(head.width ?? "page");
  const { openTime } = data.bars;
  const factor = barsPerCandle(openTime.length, (width - MARGIN_LEFT - 20) / CANDLE);
  const candles = coarseBars(data.bars, factor);
  const first = openTime[0]!, end = openTime.at(-1)! + BAR_MS;
  const fills = data.fills.filter((fill) =>
    fill.time >= first && fill.time < end && fillStyle(fill) !== undefined
  );
  const coin = plainText(data.coin);
  return displayed({
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
  });
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
