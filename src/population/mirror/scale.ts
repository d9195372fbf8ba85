/** How large a mirrored account trades: slowly, to a quarter a year of volatility of its mix. */
import { BARS_PER_YEAR } from "../../core/universe.ts";
import type { TeamStanding } from "./standing.ts";

/** Annual volatility that a mix is scaled to, and the largest factor. */
const TARGET_VOLATILITY = 0.25;
const MOST = 10;

/** Running moments of a mix's bar returns: plain numbers, so that a state can hold them. */
export interface Moments {
  /** How many returns. */
  readonly rows: number;
  /** Their sum. */
  readonly sum: number;
  /** The sum of their squares. */
  readonly squares: number;
}

/** Of no rows yet. */
export const NO_MOMENTS: Moments = { rows: 0, sum: 0, squares: 0 };

/** After further returns, oldest first. */
export function addMoments({ rows, sum, squares }: Moments, returns: Float64Array): Moments {
  for (const r of returns) {
    sum += r;
    squares += r * r;
  }
  return { rows: rows + returns.length, sum, squares };
}

/** Standard deviation per bar, n in the denominator; 0 of no rows. */
export function sdOf({ rows, sum, squares }: Moments): number {
  return rows === 0 ? 0 : Math.sqrt(Math.max(0, squares / rows - (sum / rows) ** 2));
}

/**
 * g = min(10, .25 / annual sd of the mix since the first traded row). Before the first window there is no mix: then the
 * sd that it could have at most, the weighted mean of its members', as if they moved as one.
 */
export function scaleOf(mix: Moments, weights: readonly number[], { sd }: TeamStanding): number {
  const bar = mix.rows > 0 ? sdOf(mix) : weights.reduce((sum, weight, i) => sum + weight * sd[i]!, 0);
  return Math.min(MOST, TARGET_VOLATILITY / (bar * Math.sqrt(BARS_PER_YEAR)));
}
