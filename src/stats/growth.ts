import { BARS_PER_YEAR } from "../core/universe.ts";
import { requireCount } from "./require.ts";
import { totalReturn } from "./return_ratios.ts";

/**
 * Compound annual growth rate (CAGR): the constant yearly return that leads to the same final equity, a fraction;
 * -1 for an account that lost everything.
 *
 * @param returns Net return of each bar, a fraction; at least one.
 */
export function annualGrowth(returns: ArrayLike<number>): number {
  requireCount(returns, 1, "a growth rate");
  const equity = Math.max(0, 1 + totalReturn(returns));
  return equity ** (BARS_PER_YEAR / returns.length) - 1;
}
