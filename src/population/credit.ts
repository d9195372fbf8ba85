import { type Role, ROLES } from "../genome/role.ts";
import type { Pipeline } from "../agents/agent.ts";
import type { CREDIT_NAMES } from "./config.ts";
import type { Draw } from "./design.ts";
import type { TransferEvent } from "../events/iteration.ts";
import { byRole } from "../genome/role.ts";
import { coalition, type Members, teamOf, teamPipeline } from "./members.ts";
import { COALITIONS, shapleyValues } from "./shapley.ts";

/** Credit of every agent by role, in units of the score. */
export type Credits = Readonly<Record<Role, readonly number[]>>;

/** What a credit scheme may look at. */
export interface CreditInput {
  readonly members: Members;
  /** The pipelines drawn in this iteration. */
  readonly draws: readonly Draw[];
  /** The champion of the last window; null before the first, when it is the team of default agents. */
  readonly previousChampion: Pipeline | null;
  /** Score of any pipeline at the iteration's row. */
  readonly value: (pipeline: Pipeline) => number;
}

export type CreditScheme = (input: CreditInput) => Credits;

/** Mean over the pipelines of `share` by role, for the agents that played in them. */
function meanShare(input: CreditInput, share: (draw: Draw) => ArrayLike<number>): Credits {
  const sums = byRole((role) => new Float64Array(input.members[role].length));
  const counts = byRole((role) => new Float64Array(input.members[role].length));
  for (const draw of input.draws) {
    const shares = share(draw);
    ROLES.forEach((role, i) => {
      sums[role][draw[i]!]! += shares[i]!;
      counts[role][draw[i]!]! += 1;
    });
  }
  return byRole((role) =>
    Array.from(sums[role], (sum, i) => counts[role][i]! > 0 ? sum / counts[role][i]! : 0)
  );
}

/** The exact Shapley values of one pipeline's four roles; absentees are played by the default agents. */
export function pipelineShapley(pipeline: Pipeline, value: (pipeline: Pipeline) => number): Float64Array {
  const values = new Float64Array(COALITIONS);
  for (let mask = 0; mask < COALITIONS; mask++) values[mask] = value(coalition(pipeline, mask));
  return shapleyValues(values);
}

/** Mean over an agent's pipelines of its exact Shapley value among the four roles. */
const shapley: CreditScheme = (input) =>
  meanShare(input, (draw) => pipelineShapley(teamPipeline(input.members, teamOf(draw)), input.value));

/** Mean score of an agent's pipelines minus the mean of all drawn. */
const pipeline: CreditScheme = (input) => {
  const scores = new Map(
    input.draws.map((draw) => [draw, input.value(teamPipeline(input.members, teamOf(draw)))]),
  );
  const mean = [...scores.values()].reduce((sum, x) => sum + x, 0) / scores.size;
  return meanShare(input, (draw) => ROLES.map(() => scores.get(draw)! - mean));
};

const DEFAULT_TEAM: Pipeline = { analyst: null, researcher: null, trader: null, risk: null };

/** Score of the previous champion with the agent in its role, minus the champion's own. */
const individual: CreditScheme = ({ members, previousChampion, value }) => {
  const incumbent = previousChampion ?? DEFAULT_TEAM;
  const base = value(incumbent);
  return byRole((role) => members[role].map((agent) => value({ ...incumbent, [role]: agent }) - base));
};

/** Every credit scheme a config may name. */
export const CREDIT_SCHEMES = { shapley, pipeline, individual } as const satisfies Record<
  (typeof CREDIT_NAMES)[number],
  CreditScheme
>;

/**
 * Credit so far: memory x what it was + (1 - memory) x this iteration's. One iteration's credit rests on few
 * pipelines an agent; what the draw adds to it averages out over iterations. It belongs to the agent's place
 * in its role and outlasts a mutation.
 */
export function rememberCredit(before: Credits | null, now: Credits, memory: number): Credits {
  if (before === null || memory === 0) return now;
  return byRole((role) => now[role].map((credit, i) => memory * before[role][i]! + (1 - memory) * credit));
}

/** Credit after lessons: who took over a share tau of another's genes takes over as much of its credit. */
export function inheritCredit(
  credits: Credits,
  lessons: readonly Pick<TransferEvent, "role" | "teacher" | "student" | "tau">[],
): Credits {
  return byRole((role) => {
    const own = credits[role];
    const after = [...own];
    for (const lesson of lessons) {
      if (lesson.role !== role) continue;
      const { teacher, student, tau } = lesson;
      after[student] = (1 - tau) * own[student]! + tau * own[teacher]!;
    }
    return after;
  });
}
