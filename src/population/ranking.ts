import type { Genomes, Members } from "./members.ts";
import { byRole } from "../genome/role.ts";
import type { Credits } from "./credit.ts";
import { novelties } from "./diversity.ts";
import type { Role } from "../genome/role.ts";
import type { Team } from "../events/iteration.ts";
import { argmax, zScores } from "./score.ts";

/** The agents of one role as ranked in an iteration. */
export interface RoleRanking {
  /** By agent. */
  readonly credit: readonly number[];
  /** By agent. */
  readonly novelty: readonly number[];
  /** z(credit) + lambda z(novelty). */
  readonly score: readonly number[];
  /** Index of the highest score. */
  readonly best: number;
}
/** The ranking of each role. */
export type Ranking = Readonly<Record<Role, RoleRanking>>;

/** Ranks the agents of every role: z(credit) + lambda z(novelty), ties to the lower index. */
export function rank(members: Members, genomes: Genomes, credits: Credits, diversityWeight: number): Ranking {
  return byRole((role) => {
    const credit = credits[role];
    const novelty = novelties(members[role], genomes[role]);
    const [a, b] = [zScores(credit), zScores(novelty)];
    const score = a.map((x, i) => x + diversityWeight * b[i]!);
    return { credit, novelty, score, best: argmax(score) };
  });
}

/** Index of the highest score among some agents of a role; ties go to the lower index. */
export function bestOf(agents: readonly number[], { score }: RoleRanking): number {
  return agents[argmax(agents.map((agent) => score[agent]!))]!;
}

/** The team of the best agent of every role. */
export function bestTeam(ranking: Ranking): Team {
  return byRole((role) => ranking[role].best);
}

/** The `size` teams with the largest sum of credits; ties go to the team that comes first in the grid. */
export function committeeTeams(credits: Credits, size: number): Team[] {
  const teams: { readonly team: Team; readonly credit: number }[] = [];
  credits.analyst.forEach((a, analyst) => {
    credits.researcher.forEach((r, researcher) => {
      credits.trader.forEach((t, trader) => {
        credits.risk.forEach((k, risk) => {
          teams.push({ team: { analyst, researcher, trader, risk }, credit: a + r + t + k });
        });
      });
    });
  });
  const order = teams.map((_, i) => i).sort((i, j) => teams[j]!.credit - teams[i]!.credit || i - j);
  return order.slice(0, size).map((i) => teams[i]!.team);
}
