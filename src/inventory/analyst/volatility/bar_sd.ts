import type { MarketView } from "../../../features/market_view.ts";
import type { Method } from "../../method.ts";
import type { Lookbacks } from "../features/reading.ts";

/** What an analyst measures one bar's standard deviation with. */
export interface BarSdInput {
  /** The bars, and series computed of them. */
  readonly market: MarketView;
  /** Index of the coin. */
  readonly coin: number;
  /** The windows of the analyst. */
  readonly lookbacks: Lookbacks;
  /** Weight genes of the analyst's readings, in their order. */
  readonly weights: readonly number[];
}

/** Standard deviation of one bar's return as known at each row, a fraction > 0; shape [rows]. */
export type VolatilityMethod = Method<BarSdInput, Float64Array>;
