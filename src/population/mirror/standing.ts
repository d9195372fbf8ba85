/** How the teams stand at a decision: their summed main effects by role and memory, and how much each one moves. */
import { onceBy } from "../../core/once.ts";
import { BARS_PER_YEAR } from "../../core/universe.ts";
import { byRole, type Role, ROLES } from "../../genome/role.ts";
import type { Draw } from "../design.ts";
import { type ReturnSums, rootMeanSquares, scoresUnder } from "./return_sums.ts";

/** Half-life of each role's credit, rows; Infinity for all rows alike. */
export type CreditMemory = Readonly<Record<Role, number>>;

/** Half-life of the mean square by which a team is scaled, and its floor per bar, that of scores. */
export const SCALE_MEMORY = 720;
const LEAST_SD = 2e-4;

/** What a weight rule may look at: functions of rows <= t_k. */
export interface TeamStanding {
  /** Agents of every team. */
  readonly teams: readonly Draw[];
  /** Sum over its four agents of their main effects, annual Sharpe ratios; shape [team]. */
  readonly credit: (memory: CreditMemory) => Float64Array;
  /** Root mean square of its bar returns, half-life 720 rows, at least 2e-4; shape [team]. */
  readonly sd: Float64Array;
}

/** The standing of teams whose returns have been summed up to the decision. */
export function standingOf(teams: readonly Draw[], sums: ReturnSums): TeamStanding {
  const scoresOf = onceBy((halfLife: number) => scoresUnder(sums, halfLife)); // rules ask for the same memories
  return {
    teams,
    credit: (memory) => summedEffects(teams, byRole((role) => scoresOf(memory[role]))),
    sd: rootMeanSquares(sums, SCALE_MEMORY).map((sd) => Math.max(sd, LEAST_SD)),
  };
}

/**
 * Exact main effects over all teams: the effect of an agent is the mean score of the teams that hold it minus the mean
 * of all teams; a team's sum adds those of its four agents. With a score of its own for each role, as memories differ.
 *
 * @param scores Score per bar of every team, by the role whose effects are read off it; each of shape [team].
 * @returns Annual Sharpe ratios; shape [team].
 */
export function summedEffects(
  teams: readonly Draw[],
  scores: Readonly<Record<Role, Float64Array>>,
): Float64Array {
  const sums = new Float64Array(teams.length), annual = Math.sqrt(BARS_PER_YEAR);
  ROLES.forEach((role, place) => {
    const own = scores[role];
    const totals: number[] = [], counts: number[] = [];
    let all = 0;
    teams.forEach((team, i) => {
      const agent = team[place]!;
      totals[agent] = (totals[agent] ?? 0) + own[i]!;
      counts[agent] = (counts[agent] ?? 0) + 1;
      all += own[i]!;
    });
    const mean = all / teams.length;
    const effects = totals.map((total, agent) => annual * (total / counts[agent]! - mean));
    teams.forEach((team, i) => sums[i]! += effects[team[place]!]!);
  });
  return sums;
}
