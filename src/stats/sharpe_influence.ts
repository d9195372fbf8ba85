import { isConstant } from "./constant.ts";

/** A Sharpe ratio per bar, and what each bar adds to it. */
export interface SharpeInfluence {
  /** Mean over standard deviation (n - 1). */
  readonly sharpe: number;
  /** z - SR (z^2 - 1) / 2 with z the standardised return: the delta method's gradient times the moments. Shape [n]. */
  readonly influence: Float64Array;
}

/**
 * First-order influence of each bar on a Sharpe ratio; its long-run variance over n is that of the estimate.
 * Null for returns that never move: they have no Sharpe ratio whose error could be told.
 *
 * @see O. Ledoit, M. Wolf, Journal of Empirical Finance 15 (2008) 850, p. 852: the gradient with respect to the mean
 *   and the second moment times the deviations of both, written in standardised returns.
 */
export function sharpeInfluence(returns: ArrayLike<number>): SharpeInfluence | null {
  if (isConstant(returns)) return null;
  const n = returns.length;
  let sum = 0, squares = 0;
  for (let i = 0; i < n; i++) sum += returns[i]!;
  const mean = sum / n;
  for (let i = 0; i < n; i++) squares += (returns[i]! - mean) ** 2;
  const sd = Math.sqrt(squares / n), ratio = mean / sd;
  const influence = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const z = (returns[i]! - mean) / sd;
    influence[i] = z - (ratio / 2) * (z * z - 1);
  }
  return { sharpe: Math.sqrt((n - 1) / n) * ratio, influence };
}
