import type { MarketView } from "../../../features/market_view.ts";
import type { Method } from "../../method.ts";

/** What a trend method mixes. */
export interface MixtureInput {
  /** The bars, and series computed of them. */
  readonly market: MarketView;
  /** Readings; [coin][kind], shape [rows] each. */
  readonly readings: readonly (readonly Float64Array[])[];
  /** Weight genes of the readings, summing to 1; [kind]. */
  readonly weights: readonly number[];
  /** Names of the weight genes, for methods that hand on what they learned of them. */
  readonly names?: readonly string[];
}

/** How readings become one trend: the share of each reading at each row, all >= 0, row-major [rows][kinds]. */
export type TrendMethod = Method<MixtureInput, Float64Array>;
