/** Where an agent's genes came from: its own place, or a teacher's that it copied whole (Jaderberg et al. 2017, 4.4). */
import type { IterationEvent, Team } from "../../events/iteration.ts";
import type { Genome } from "../../genome/genome.ts";
import { byRole, type Role } from "../../genome/role.ts";
import type { TeamGenomes } from "../../population/state.ts";

/** An ancestor of an agent in an iteration: itself, as long as nobody's genes were copied. */
export interface Ancestor {
  /** The iteration. */
  readonly k: number;
  /** Index of the agent in its role. */
  readonly agent: number;
  /** Its genes in that iteration. */
  readonly genome: Genome;
}

/** Copies differ by rounding at most: a soft update with tau 1 is a copy too. */
const COPY_TOLERANCE = 1e-12;

/**
 * The ancestors of an agent as it stood in the last iteration, oldest first, one an iteration. A lesson that moves an agent
 * part of the way to its teacher leaves it who it is; one that makes its genome the teacher's, variant and all, makes the
 * teacher its parent.
 *
 * @param events The iterations of a run, in order; at least one.
 * @param agent Index of the agent in its role.
 * @throws {RangeError} If there is no iteration or no such agent.
 */
export function lineageOf(events: readonly IterationEvent[], role: Role, agent: number): Ancestor[] {
  const agents = events.at(-1)?.agents[role] ?? [];
  if (!(Number.isInteger(agent) && agent >= 0 && agent < agents.length)) {
    throw new RangeError(
      `Cannot follow a lineage as the agent must be one of ${agents.length} of the role ${role}, by its index: ` +
        `current value is ${agent}`,
    );
  }
  const lineage: Ancestor[] = [];
  let at = agent;
  for (let i = events.length - 1; i >= 0; i--) {
    if (i < events.length - 1) at = parentOf(events[i]!, role, at);
    const { variant, genome } = events[i]!.agents[role][at]!;
    lineage.push({ k: events[i]!.k, agent: at, genome: { variant, coordinates: genome } });
  }
  return lineage.reverse();
}

/** Whose genes an agent left an iteration with. */
function parentOf({ agents, transfers }: IterationEvent, role: Role, agent: number): number {
  const lesson = transfers.find((one) => one.role === role && one.student === agent);
  if (lesson === undefined) return agent;
  const { teacher, after } = lesson, source = agents[role][teacher]!;
  const copied = source.variant === agents[role][agent]!.variant &&
    source.genome.every((gene, i) => Math.abs(gene - after[i]!) <= COPY_TOLERANCE);
  return copied ? teacher : agent;
}

/** The lineage of each agent of a team. */
export function lineagesOf(
  events: readonly IterationEvent[],
  team: Team,
): Readonly<Record<Role, readonly Ancestor[]>> {
  return byRole((role) => lineageOf(events, role, team[role]!));
}

/** Lineages as a schedule: the genes of every role, iteration by iteration. */
export function scheduleOf(lineages: Readonly<Record<Role, readonly Ancestor[]>>): TeamGenomes[] {
  return lineages.analyst.map((_, i) => byRole((role) => lineages[role][i]!.genome));
}
