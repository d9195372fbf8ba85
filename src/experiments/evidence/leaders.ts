/** Who leads in which regime: how far the champion's agents and the trend regimes tell of each other. */
import type { IterationEvent } from "../../events/iteration.ts";
import { ROLES } from "../../genome/role.ts";
import { TREND_NAMES } from "../../market/regimes.ts";
import { countChoices, specialisation } from "../../stats/specialisation.ts";
import type { LadderMarket } from "./ladder.ts";

/**
 * Information between the champion's agent of a role and the trend regime at its decision, summed over roles.
 *
 * @param trend Trend labels as known at each row; shape [rows].
 */
export function leadersByRegime(
  iterations: readonly IterationEvent[],
  trend: Int8Array,
): LadderMarket["specialisation"]["niches"] {
  const labels = iterations.map(({ row }) => trend[row]!);
  const found = ROLES.map((role) => {
    const leaders = iterations.map(({ champion }) => champion[role]);
    const agents = Math.max(...iterations.map(({ agents }) => agents[role].length));
    return specialisation(countChoices(leaders, labels, agents, TREND_NAMES.length));
  });
  return {
    information: found.reduce((sum, { information }) => sum + information, 0),
    bias: found.reduce((sum, { bias }) => sum + bias, 0),
  };
}
