/**
 * What a trader wants, for every row and coin, as one row-major block [rows][coin][PLAN_WIDTH]. It is a
 * function of rows alone: no account quantity enters, so one plan serves every account. Row t is decided at
 * the close of row t and fills at the open of row t+1.
 */
export interface Plan {
  /** How its limit entries are divided; left out, each is one order. */
  readonly ladder?: Ladder;
  /** How many. */
  readonly rows: number;
  /** How many. */
  readonly coins: number;
  /** Row-major [rows][coins][PLAN_WIDTH], in the order of PLAN. */
  readonly values: Float64Array;
}

/** A limit entry as several orders of equal size, one behind the other. */
export interface Ladder {
  /** How many, an integer >= 1; fewer where one would be below the exchange's least notional. */
  readonly rungs: number;
  /** Distance between two of them, in limit offsets: with 1 they rest one, two, three offsets from the close. */
  readonly stretch: number;
}

/** Offsets into one plan row. */
export const PLAN = {
  /** Wanted direction and strength in [-1, 1]; 0 is flat, NaN leaves the coin as it is (no order). */
  conviction: 0,
  /** Wanted leverage, >= 1. */
  leverage: 1,
  /** Share of equity posted as margin at full conviction, in [0, 1]. */
  baseSize: 2,
  /** Share of equity lost if the stop is hit, in (0, 1]; Infinity sets no limit. */
  riskPerTrade: 3,
  /** Distance of the stop as a fraction of the entry fill; 0 sets none. */
  stop: 4,
  /** Distance of the take-profit as a fraction of the entry fill; 0 sets none. */
  target: 5,
  /** Distance of a resting limit entry from the close of row t, on the better side, as a fraction; 0 enters at market. */
  limitOffset: 6,
  /** Rows a limit entry rests before it expires, an integer >= 1; read only if limitOffset > 0. */
  limitRows: 7,
} as const;
export const PLAN_WIDTH = 8;

/** An empty plan: flat everywhere. */
export function createPlan(rows: number, coins: number): Plan {
  return { rows, coins, values: new Float64Array(rows * coins * PLAN_WIDTH) };
}

/** Index of the first value of (row, coin) in the block of a plan over `coins` coins. */
export function planIndex(coins: number, row: number, coin: number): number {
  return (row * coins + coin) * PLAN_WIDTH;
}
