import { drawdowns } from "./drawdown.ts";
import { requireSeries } from "./require.ts";

/** How long equity stayed below an earlier high, in bars. */
export interface DrawdownDuration {
  /** Longest stretch of bars in a row below the high before them; the last one counts though it may not have ended. */
  readonly longest: number;
  /** Bars since the last high: the stretch that the series ends with, 0 if it ends at a high. */
  readonly current: number;
  /** Share of bars below an earlier high, in [0, 1]. */
  readonly share: number;
}

/**
 * Duration of drawdowns of compounded equity; the equity before the first bar counts as a high. Null without bars.
 *
 * @param returns Net return of each bar, a fraction.
 */
export function drawdownDuration(returns: ArrayLike<number>): DrawdownDuration | null {
  requireSeries(returns, "how long drawdowns last");
  if (returns.length === 0) return null;
  let longest = 0, current = 0, below = 0;
  for (const lost of drawdowns(returns)) {
    current = lost > 0 ? current + 1 : 0;
    if (lost > 0) below++;
    longest = Math.max(longest, current);
  }
  return { longest, current, share: below / returns.length };
}
