import { type Desk, shadowReturns } from "../../agents/desk.ts";
import { mapColumns, type NumberTable } from "../../core/number_table.ts";
import type { Team } from "../../events/iteration.ts";
import { type Role, ROLES } from "../../genome/role.ts";
import { type Members, teamPipeline } from "../../population/members.ts";
import type { Rows } from "../../simulation/trade_rows.ts";

/** Column of an agent's returns in the table `agents`. */
export function agentColumn(role: Role, place: number): string {
  return `${role}.${place}`;
}

/**
 * What each agent's teams earned: at every row the mean of the simple net returns of the shadow accounts of the drawn
 * teams that hold it, as if capital were split evenly among them anew at every bar.
 *
 * @param rows from..to-1.
 * @returns `row` and one column an agent; shape [to - from].
 */
export function agentReturns(
  desk: Desk,
  members: Members,
  teams: readonly Team[],
  { from, to }: Rows,
): NumberTable {
  const sums: Record<string, Float64Array> = {}, counts: Record<string, number> = {};
  for (const role of ROLES) {
    members[role].forEach((_, place) => sums[agentColumn(role, place)] = new Float64Array(to - from));
  }
  for (const team of teams) {
    const returns = shadowReturns(desk, teamPipeline(members, team));
    for (const role of ROLES) {
      const name = agentColumn(role, team[role]), sum = sums[name]!;
      counts[name] = (counts[name] ?? 0) + 1;
      for (let t = from; t < to; t++) sum[t - from]! += returns[t]!;
    }
  }
  const row = Float64Array.from({ length: to - from }, (_, i) => from + i);
  return { row, ...mapColumns(sums, (sum, name) => sum.map((total) => total / (counts[name] ?? 1))) };
}
