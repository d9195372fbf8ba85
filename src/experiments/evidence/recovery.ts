/** How long a strategy needs to earn again what it earned before its edge turned round. */
import { mean } from "../../stats/moments.ts";

/** Rows of a trailing Sharpe ratio, and rows between two of its points. */
export const TRAILING = 360, STEP = 36;
/** Share of the level before that must be reached again. */
export const RECOVERED = 0.8;

/**
 * Rows from `at` until a path of trailing ratios is back at 80 % of its mean before; null if it never is.
 *
 * @param path Ratios of the `TRAILING` rows up to `from + TRAILING + STEP i`.
 * @param from First reported row.
 * @param at Row at which the edge turns round, late enough for a point before it.
 */
export function recoveryRows(path: readonly number[], from: number, at: number): number | null {
  const end = (i: number) => from + TRAILING + STEP * i;
  const level = mean(path.filter((_, i) => end(i) <= at));
  const back = path.findIndex((value, i) => end(i) >= at + TRAILING && value >= RECOVERED * level); // all rows after it
  return back < 0 ? null : end(back) - at;
}
