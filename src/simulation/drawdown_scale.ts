/**
 * Drawdown scaling: exposure falls as an account's loss from its peak nears the limit that its risk agent declared,
 * and where the account's own volatility could not live with that limit. The peak fades, so that an account which
 * lost once is not small for ever.
 *
 * @see S. J. Grossman and Z. Zhou, Optimal Investment Strategies for Controlling Drawdowns (1993): exposure in
 *   proportion to what is left above the floor.
 */
import { BARS_PER_YEAR } from "../core/universe.ts";
import { ACCOUNT, type Account } from "./account.ts";
import { LIMITS } from "./limits.ts";

/** What an account does as its drawdown nears the declared limit: make positions smaller, or close all and wait. */
export type DrawdownRule = "scale" | "pause";
export const DRAWDOWN_RULES = ["scale", "pause"] as const satisfies readonly DrawdownRule[];

/** The rule of every account that states none. */
export const DECLARED_DRAWDOWN_RULE: DrawdownRule = "scale";

/** Rows after which half of the way from equity up to an old peak is forgotten. */
export const PEAK_HALF_LIFE = 540;
/** A drawdown factor below this closes. */
export const LEAST_FACTOR = 0.02;
/** Weight that the EWMA of squared unscaled returns keeps from one moving bar to the next. */
export const VOLATILITY_MEMORY = 0.98;
/** Smallest factor by which a return is divided to be what it would have been at full size. */
export const LEAST_UNSCALED = 0.05;
/** The most annual volatility that a drawdown limit is thought to bear, as a multiple of the limit. */
export const VOLATILITY_PER_LIMIT = 2;

const A = ACCOUNT, L = LIMITS, YEAR = BARS_PER_YEAR; // see account.ts on names of one's own
const FADE = 2 ** (-1 / PEAK_HALF_LIFE), KEEP = VOLATILITY_MEMORY, CLOSED = LEAST_FACTOR;
const LEAST = LEAST_UNSCALED, MULTIPLE = VOLATILITY_PER_LIMIT;

/**
 * Moves the account's peak and volatility on by the bar that has just closed, and sets the two factors that are in
 * force from the next open on:
 *
 * - `drawdownFactor` = max(0, 1 - drawdown / limit), 0 below .02, where peak <- max(equity, equity + (peak - equity)
 *   2^(-1/540)) and drawdown = 1 - equity / peak;
 * - `volatilityCap` = min(1, 2 limit / annual sd), sd the root of the weighted mean (weights .98^age, over the bars in
 *   which the account moved) of squared unscaled returns: a bar's return over max(product of the factors in force, .05).
 *
 * A limit of 1 never scales. To be called once at each decision, before anything reads the factors: they follow from
 * rows <= the decision's. Every target gets the product of both, in [0, 1], of its full size.
 */
export function scaleExposure(account: Account, limits: Float64Array, limitsAt: number): void {
  const equity = account[A.equity]!, before = account[A.decidedEquity]!;
  const faded = equity + (account[A.peak]! - equity) * FADE;
  const peak = faded > equity ? faded : equity;
  account[A.peak] = peak;
  account[A.decidedEquity] = equity;
  if (equity !== before && before > 0) {
    const inForce = account[A.drawdownFactor]! * account[A.volatilityCap]!;
    const unscaled = (equity / before - 1) / (inForce > LEAST ? inForce : LEAST);
    account[A.unscaledSquares] = KEEP * account[A.unscaledSquares]! + unscaled * unscaled;
    account[A.unscaledWeight] = KEEP * account[A.unscaledWeight]! + 1;
  }

  const limit = limits[limitsAt + L.maxDrawdown]!;
  let factor = 1, cap = 1;
  if (limit < 1) {
    factor = 1 - (1 - equity / peak) / limit;
    if (factor < CLOSED) factor = 0;
    const bearable = MULTIPLE * limit;
    const variance = YEAR * account[A.unscaledSquares]! / account[A.unscaledWeight]!; // NaN before the first move
    if (variance > bearable * bearable) cap = bearable / Math.sqrt(variance);
  }
  account[A.drawdownFactor] = factor;
  account[A.volatilityCap] = cap;
}
