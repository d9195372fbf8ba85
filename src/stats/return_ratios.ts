import { BARS_PER_YEAR } from "../core/universe.ts";
import { mean } from "./moments.ts";
import { requireFinite, requireSeries } from "./require.ts";

/**
 * Root mean square of the returns below `target`, over all bars (not only the losing ones).
 *
 * @param target Minimum acceptable return per bar, a fraction.
 */
export function downsideDeviation(returns: ArrayLike<number>, target: number): number {
  let squares = 0;
  for (let i = 0; i < returns.length; i++) squares += Math.min(returns[i]! - target, 0) ** 2;
  return Math.sqrt(squares / returns.length);
}

/**
 * Annual Sortino ratio with target 0: mean over downside deviation, times sqrt(2190). 0 for a series that
 * never moved, Infinity for one that gained and never lost.
 */
export function annualSortino(returns: ArrayLike<number>): number {
  const centre = mean(returns);
  return centre === 0 ? 0 : (centre / downsideDeviation(returns, 0)) * Math.sqrt(BARS_PER_YEAR);
}

/**
 * Share of gaining bars among the bars that gained or lost, in [0, 1]; null if none did.
 *
 * @throws {RangeError} If a return is not finite.
 */
export function hitRate(returns: ArrayLike<number>): number | null {
  requireFinite(returns, "a hit rate");
  let gains = 0, moves = 0;
  for (let i = 0; i < returns.length; i++) {
    if (returns[i]! > 0) gains++;
    if (returns[i]! !== 0) moves++;
  }
  return moves > 0 ? gains / moves : null;
}

/** Sum of gains over the size of the sum of losses; Infinity without a loss, null if nothing moved. */
export function profitFactor(returns: ArrayLike<number>): number | null {
  let gains = 0, losses = 0;
  for (let i = 0; i < returns.length; i++) {
    if (returns[i]! > 0) gains += returns[i]!;
    else losses -= returns[i]!;
  }
  return gains === 0 && losses === 0 ? null : gains / losses;
}

/** Compounded return over all bars, a fraction. */
export function totalReturn(returns: ArrayLike<number>): number {
  requireSeries(returns, "a total return");
  let equity = 1;
  for (let i = 0; i < returns.length; i++) equity *= 1 + returns[i]!;
  return equity - 1;
}
