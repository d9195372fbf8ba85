/**
 * What the four roles hand one another. Every series has one value per row, and value t reads rows <= t
 * only. A role is a pure function of whole series; nothing here knows an account.
 */
import type { Coin } from "../core/universe.ts";

/** The four roles in the order of the pipeline. */
export const ROLES = ["analyst", "researcher", "trader", "risk"] as const;
export type Role = (typeof ROLES)[number];

/** An analyst's reading of one coin. */
export interface CoinAnalysis {
  /** Direction and strength of the move under way, in [-1, 1]; shape [rows]. */
  readonly trend: Float64Array;
  /** Standard deviation of one bar's return, a fraction > 0; shape [rows]. */
  readonly sd: Float64Array;
  /** Probabilities of bull, bear and side, row-major [rows][3]. */
  readonly regimes: Float64Array;
  /** Standardised readings (about unit scale, clipped to +-4, 0 while warming up), row-major [rows][width]. */
  readonly features: Float64Array;
}

/** An analyst's output over all coins. `width` is the number of feature columns, 0 or more. */
export interface Analysis {
  readonly rows: number;
  readonly width: number;
  readonly coins: readonly CoinAnalysis[];
}

export type { CoinForecast, Forecast } from "../inventory/forecasting/forecast.ts";

/**
 * A language model's proposal for one coin at one decision row. Between proposals the last one stands until
 * it expires. Proposals are made by an async stage before the step; inside it they are one more series.
 */
export interface Proposal {
  readonly row: number;
  readonly coin: Coin;
  readonly direction: "long" | "short" | "flat";
  /** Share of equity posted as margin, in [0, 1]. */
  readonly size: number;
  readonly leverage: number;
  /** Take-profit and stop distances as fractions of the entry; 0 sets none. */
  readonly target: number;
  readonly stop: number;
  /** Stated probability that the proposal is right, in [0, 1]. */
  readonly confidence: number;
  readonly rationale: string;
  /** Rows the proposal stands, an integer >= 1. */
  readonly validRows: number;
}
