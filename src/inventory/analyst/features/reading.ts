import type { MarketView } from "../../../features/market_view.ts";
import { type Method, type Need, plainMethod } from "../../method.ts";

/** The three lookbacks of an analyst in bars, ascending. */
export type Lookbacks = readonly [number, number, number];

/** What a reading looks at. */
export interface ReadingInput {
  /** The bars, and series computed of them. */
  readonly market: MarketView;
  /** Index of the coin. */
  readonly coin: number;
  /** The windows of the analyst. */
  readonly lookbacks: Lookbacks;
}

/**
 * A reading: one indicator brought to about unit scale, positive where it speaks for a rise, clipped to
 * +-READING_LIMIT, 0 while warming up. Shape [rows]; value t reads rows <= t.
 */
export type ReadingMethod = Method<ReadingInput, Float64Array>;

export const READING_LIMIT = 3;

/** Longest lookback plus the slowest smoothing over it, rows. */
const WARM_UP = 300;

/** A reading as a method, with the source of its formula. */
export function reading(
  summary: string,
  source: string,
  read: (market: MarketView, coin: number, lookbacks: Lookbacks) => Float64Array,
  rest: { readonly needs?: readonly Need[]; readonly refitEvery?: number } = {},
): ReadingMethod {
  const run = ({ market, coin, lookbacks }: ReadingInput) => read(market, coin, lookbacks);
  return plainMethod(summary, run, { warmUp: WARM_UP, source, ...rest });
}

/** Maps a series into a reading: NaN becomes 0, the rest is clipped. */
export function clipped(rows: number, value: (row: number) => number): Float64Array {
  const out = new Float64Array(rows);
  for (let t = 0; t < rows; t++) {
    const x = value(t);
    out[t] = Number.isNaN(x) ? 0 : Math.max(-READING_LIMIT, Math.min(READING_LIMIT, x));
  }
  return out;
}
