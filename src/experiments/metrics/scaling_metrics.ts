import type { AccountSeries } from "../account_series.ts";
import type { StrategyMetrics } from "../result.ts";

/**
 * What drawdown scaling did to an account: the limit it was under, and how far the drawdown and the volatility cap
 * kept it from full size in the rows in which its plan wanted a position.
 */
export function scalingMetrics(
  { wanted, halved, volatilityCap, drawdownLimit }: AccountSeries,
): StrategyMetrics["scaling"] {
  const first = drawdownLimit[0]!; // most accounts have one limit: it stays as declared, to the last digit
  let rows = 0, below = 0, caps = 0, limits = 0;
  for (let t = 0; t < wanted.length; t++) {
    rows += wanted[t]!;
    below += halved[t]!;
    caps += wanted[t]! * volatilityCap[t]!;
    limits += drawdownLimit[t]! - first;
  }
  return {
    limit: first + limits / wanted.length,
    wanted: rows / wanted.length,
    halved: rows > 0 ? below / rows : null,
    cap: rows > 0 ? caps / rows : null,
  };
}
