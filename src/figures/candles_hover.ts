import { BAR_MS } from "../core/universe.ts";
import type { Bars } from "./coarse_bars.ts";
import { type ChartFill, fillStyle } from "./fill_style.ts";
import { decimal } from "./format.ts";
import type { LinesHover } from "./hover.ts";
import { INK, SOFT } from "./theme.ts";
import { minute } from "./time_panel.ts";

/** Trades of one candle that are written out; the rest are counted. */
const LISTED = 4;

/** Prices of the nearest candle, and what was traded in it. */
export function candlesHover(candles: Bars, fills: readonly ChartFill[], factor: number): LinesHover {
  const { openTime, open, high, low, close } = candles;
  const span = factor * BAR_MS, n = openTime.length;
  const highest = high.reduce((a, b) => Math.max(a, b), 0);
  const digits = Math.min(8, Math.max(0, Math.ceil(4 - Math.log10(highest || 1)))); // five figures
  const price = (value: number) => decimal(value, digits);
  const traded = Array.from(openTime, (time) => {
    const own = fills.filter((fill) => fill.time >= time && fill.time < time + span).map((fill) =>
      `${fillStyle(fill)!.label} ${decimal(Math.abs(fill.quantity), 4)} at ${price(fill.price)}`
    );
    return own.length > LISTED ? [...own.slice(0, LISTED), `and ${own.length - LISTED} more`] : own;
  });
  const line = (label: string, column: Float64Array) => ({
    label,
    colour: SOFT,
    y: new Array<number>(n).fill(NaN),
    texts: Array.from(column, price),
  });
  return {
    kind: "lines",
    x: Array.from(openTime, (time) => time + span / 2),
    heads: Array.from(openTime, minute),
    lines: [
      line("open", open),
      line("high", high),
      line("low", low),
      { ...line("close", close), colour: INK, y: Array.from(close) },
      {
        label: "trades",
        colour: INK,
        y: new Array<number>(n).fill(NaN),
        texts: traded.map((own) => own.join("; ")),
      },
    ],
  };
}
