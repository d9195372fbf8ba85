/**
 * What the four roles hand one another. Every series has one value per row, and value t reads rows <= t
 * only. A role is a pure function of whole series; nothing here knows an account.
 */
import type { Forecast } from "../inventory/researcher/forecast.ts";
import type { Limits } from "../simulation/limits.ts";
import type { Plan } from "../simulation/plan.ts";

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
  /** Rows of every series. */
  readonly rows: number;
  /** Feature columns, 0 or more. */
  readonly width: number;
  /** One reading a coin. */
  readonly coins: readonly CoinAnalysis[];
}

/** What each role puts out. */
export interface RoleOutput {
  readonly analyst: Analysis;
  readonly researcher: Forecast;
  readonly trader: Plan;
  readonly risk: Limits;
}

/** What each role reads besides the market: the output of the role before it. */
export interface RoleUpstream {
  readonly analyst: null;
  readonly researcher: Analysis;
  readonly trader: Forecast;
  readonly risk: Plan;
}
