import type { StrategyResult } from "../experiments/result.ts";

/**
 * Equity as a multiple of what the strategy's account held before the first reported row, so that strategies with a
 * history before it compare with those that start afresh. The start follows from the total return; where
 * nothing is left of an account it cannot, and the first row stands in for it.
 *
 * @param equity USDT at the close of each reported row; shape [rows].
 * @returns Shape [rows]; 1 is the start.
 */
export function relativeEquity(strategy: StrategyResult, equity: Float64Array): Float64Array {
  const last = equity.at(-1)!;
  const start = last > 0 && strategy.metrics.totalReturn > -1
    ? last / (1 + strategy.metrics.totalReturn)
    : equity[0]!;
  return equity.map((value) => value / start);
}
