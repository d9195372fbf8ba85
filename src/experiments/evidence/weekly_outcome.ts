/** The population mean by week: on one market alone, how uncertain it is can be told from its weeks and from nothing else. */
import { BARS_PER_YEAR } from "../../core/universe.ts";
import { mean } from "../../stats/moments.ts";
import { sharpeInfluence } from "../../stats/sharpe_influence.ts";
import { lastThirdFrom } from "../population_mean.ts";

/** Seven days of 4 h bars. */
const WEEK = 42;

/**
 * What each week of the last third added to the population mean, annual Sharpe ratio: that mean plus the influence of
 * the week's bars on the Sharpe ratio of each place, mean over places. Their mean is the population mean; differences
 * of two runs on the same bars, week by week, have the standard error of the difference of their means (first order).
 *
 * @param places Simple net returns over the reported rows; [place][rows].
 * @returns As many as whole weeks fit, of nearly equal length; empty for less than two.
 * @see sharpeInfluence
 */
export function weeklyOutcome(places: readonly Float64Array[]): number[] {
  const thirds = places.map((returns) => returns.subarray(lastThirdFrom(returns.length)));
  const rows = thirds[0]?.length ?? 0, weeks = Math.floor(rows / WEEK);
  if (weeks < 2) return [];
  const year = Math.sqrt(BARS_PER_YEAR);
  const known = thirds.map((returns) => sharpeInfluence(returns)); // null for a place that never moved: its ratio is 0
  const startOf = (week: number) => Math.round(week * rows / weeks);
  return Array.from({ length: weeks }, (_, week) =>
    mean(known.map((place) => {
      if (place === null) return 0;
      let sum = 0;
      for (let t = startOf(week); t < startOf(week + 1); t++) sum += place.influence[t]!;
      return year * (place.sharpe + sum * weeks / rows);
    })));
}
