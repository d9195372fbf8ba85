import { BARS_PER_YEAR } from "../core/universe.ts";
import { maxDrawdown } from "./drawdown.ts";
import { annualGrowth } from "./growth.ts";
import { mean } from "./moments.ts";

/**
 * Calmar ratio: arithmetic annual mean of the returns over the maximum drawdown (`growthCalmar` has the compound
 * growth rate on top). Null for a series that never moved, Infinity for one that never fell.
 */
export function calmar(returns: ArrayLike<number>): number | null {
  return overDrawdown(mean(returns) * BARS_PER_YEAR, returns);
}

/** Calmar ratio with the compound annual growth rate over the maximum drawdown, as fund tables have it; as `calmar`. */
export function growthCalmar(returns: ArrayLike<number>): number | null {
  return overDrawdown(annualGrowth(returns), returns);
}

function overDrawdown(gain: number, returns: ArrayLike<number>): number | null {
  const worst = maxDrawdown(returns);
  return worst === 0 && gain === 0 ? null : gain / worst;
}
