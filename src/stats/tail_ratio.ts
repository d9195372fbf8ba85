import { sortedQuantile } from "./bootstrap.ts";
import { requireCount, requireFinite } from "./require.ts";

/**
 * Tail ratio: the 95 % quantile of the returns over the size of the 5 % quantile (type 7, linear between order
 * statistics). Above 1 gains reach further than losses. Null if the 5 % quantile is 0, as for an account that
 * rarely trades.
 *
 * @throws {RangeError} If a return is not finite.
 */
export function tailRatio(returns: ArrayLike<number>): number | null {
  requireCount(returns, 1, "a tail ratio");
  requireFinite(returns, "a tail ratio");
  const sorted = Float64Array.from(returns).sort();
  const low = sortedQuantile(sorted, 0.05);
  return low === 0 ? null : Math.abs(sortedQuantile(sorted, 0.95)) / Math.abs(low);
}
