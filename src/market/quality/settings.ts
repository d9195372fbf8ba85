import type { Limits } from "./finding.ts";

/** What counts as odd. */
export interface QualitySettings {
  /** The same value on so many rows on end is stale [6: one day]. */
  readonly staleRows: number;
  /** |mark / index - 1| and |last / mark - 1| at a close above this are outliers [0.006: 60 bp]. */
  readonly premiumLimit: number;
  /**
   * |ln| of one of last, mark and index over the middle one [.15, .6]. In three real years the last price's wicks
   * reach .127 (DOGE, 2024-04-01) and SOL's index .411 (November 2022, warned of); a bad tick is a factor.
   */
  readonly apart: Limits;
  /** |ln| of a close over the last, and of high over low [.7, 1.5]: .33 and .57 in three real years, 1 on 2025-10-10. */
  readonly move: Limits;
  /** |ln| of the mean price paid over the nearer end of low..high [1e-6, .7]; never outside in three real years. */
  readonly trades: Limits;
  /** |ln| of open interest over the last [1, 2.3]: at most .47 in three real years, .87 in synthetic ones. */
  readonly interest: Limits;
  /**
   * |ln| of open interest's value over four turnovers, medians of all rows [3.5, 5.5]: -1.0 to .6 in three real
   * years. Not of synthetic bars: their units are known, and their prices wander by hundreds.
   */
  readonly interestUnit: Limits;
  /** Median |funding rate| [.001, .005]: 1e-4 in three real years; in per cent it would be 1e-2. */
  readonly fundingUnit: Limits;
  /** A rate of 0 on so many rows on end is no funding [42: one week]. */
  readonly zeroFundingRows: number;
  /** |funding rate| above this is an outlier [0.0075: 75 bp, a common cap]. */
  readonly fundingLimit: number;
  /** Correlation of two coins' returns [.98]: at most .87 in three real years. */
  readonly twinCorrelation: number;
  /** |ln| of a close over the known one of its date [1.1]; beyond, or nearer to another coin's, it is a wrong coin. */
  readonly knownPrice: number;
  /** Relative difference that derived columns may show [1e-6]. */
  readonly derivedTolerance: number;
  /** Now, ms UTC: a last bar that closes later is partial. Null where the time is unknown [null]. */
  readonly now: number | null;
}

/** Limits under which three real years of five coins give no error; tests/market/quality_test.ts lists what they do give. */
export const QUALITY_DEFAULTS: QualitySettings = {
  staleRows: 6,
  premiumLimit: 0.006,
  apart: { warning: 0.15, error: 0.6 },
  move: { warning: 0.7, error: 1.5 },
  trades: { warning: 1e-6, error: 0.7 },
  interest: { warning: 1, error: 2.3 },
  interestUnit: { warning: 3.5, error: 5.5 },
  fundingUnit: { warning: 0.001, error: 0.005 },
  zeroFundingRows: 42,
  fundingLimit: 0.0075,
  twinCorrelation: 0.98,
  knownPrice: 1.1,
  derivedTolerance: 1e-6,
  now: null,
};
