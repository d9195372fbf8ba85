/** What a risk agent allows, for every row, as one row-major block [rows][LIMITS_WIDTH]. No row depends on an account. */
export interface Limits {
  /** How many. */
  readonly rows: number;
  /** Row-major [rows][LIMITS_WIDTH], in the order of LIMITS. */
  readonly values: Float64Array;
}

/** Offsets into one limits row. */
export const LIMITS = {
  /** Cap on each position's leverage; a cap below 1 is 1, the least that an exchange knows. */
  maxLeverage: 0,
  /** Cap on one coin's margin as a share of equity, in (0, 1]. */
  maxPosition: 1,
  /** Share of equity that must stay free of margin, in [0, 1). */
  marginBuffer: 2,
  /** Loss since 00:00 UTC, as a share of that equity, at which enlarging orders are refused; 1 never. */
  dailyLoss: 3,
  /** Loss from the peak, as a share of it, towards which exposure is scaled down, or at which trading pauses; 1 never. */
  maxDrawdown: 4,
  /** Cap on gross notional over equity; may lie below 1. */
  maxGross: 5,
} as const;
export const LIMITS_WIDTH = 6;

export function createLimits(rows: number): Limits {
  return { rows, values: new Float64Array(rows * LIMITS_WIDTH) };
}
