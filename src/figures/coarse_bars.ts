import { BAR_MS, BARS_PER_DAY } from "../core/universe.ts";

/** Bars of one coin; every column has shape [n]. Prices in USDT. */
export interface Bars {
  /** Open time, ms UTC, ascending. */
  readonly openTime: Float64Array;
  /** First price. */
  readonly open: Float64Array;
  /** Highest price. */
  readonly high: Float64Array;
  /** Lowest price. */
  readonly low: Float64Array;
  /** Last price. */
  readonly close: Float64Array;
}

/** Bars that one candle may hold: 4, 8, 12 hours, 1, 2 and 3 days, 1, 2 and 4 weeks. */
const FACTORS = [1, 2, 3, 6, 12, 18, 42, 84, 168] as const;

/** Bars in one candle, so that at most `most` candles are drawn where that can be. */
export function barsPerCandle(bars: number, most: number): number {
  return FACTORS.find((factor) => bars / factor <= most) ?? FACTORS.at(-1)!;
}

/** The candles of `factor` bars each: first open, highest high, lowest low, last close. Candles begin where bars since 1970 divide. */
export function coarseBars(bars: Bars, factor: number): Bars {
  const starts: number[] = [];
  for (let i = 0; i < bars.openTime.length; i++) {
    if (i === 0 || candleAt(bars.openTime[i]!, factor) !== candleAt(bars.openTime[i - 1]!, factor)) {
      starts.push(i);
    }
  }
  const over = (column: Float64Array, reduce: (part: Float64Array) => number) =>
    Float64Array.from(starts, (from, i) => reduce(column.subarray(from, starts[i + 1] ?? column.length)));
  return {
    openTime: Float64Array.from(starts, (from) => candleAt(bars.openTime[from]!, factor) * factor * BAR_MS),
    open: over(bars.open, (part) => part[0]!),
    high: over(bars.high, (part) => part.reduce((a, b) => Math.max(a, b), -Infinity)),
    low: over(bars.low, (part) => part.reduce((a, b) => Math.min(a, b), Infinity)),
    close: over(bars.close, (part) => part.at(-1)!),
  };
}

/** What one candle is: "4 hours", "1 day", "2 weeks". */
export function candleText(factor: number): string {
  const days = factor / BARS_PER_DAY;
  const [n, unit] = days < 1
    ? [factor * BAR_MS / 3_600_000, "hour"]
    : days < 7
    ? [days, "day"]
    : [days / 7, "week"];
  return `${n} ${unit}${n === 1 ? "" : "s"}`;
}

function candleAt(time: number, factor: number): number {
  return Math.floor(time / (factor * BAR_MS));
}
