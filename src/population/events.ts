/** What one iteration leaves behind: one line of events.jsonl. Everything here is deterministic. */
import type { Role } from "../genome/role.ts";

/** One agent of a role as it was judged in an iteration. Arrays over agents follow the agent's index. */
export interface AgentReading {
  readonly variant: string;
  /** Credit of the scheme in use (units of the score). */
  readonly credit: number;
  /** Mean distance to the other agents of the role in common genes, in [0, 1]. */
  readonly novelty: number;
  /** z(credit) + lambda z(novelty); the highest is the best agent. */
  readonly score: number;
  /** Normalised coordinates of the genome. */
  readonly genome: readonly number[];
}

/** How unlike the agents of a role are. All measures are absolute: shrinking every difference shrinks them. */
export interface DiversityReading {
  /** Mean pairwise distance in common genes; the one that triggers mutation. */
  readonly parameter: number;
  /** Mean pairwise distance of outputs on the reference states, in sd of each channel. */
  readonly behaviour: number;
  /** Mean pairwise Jensen-Shannon divergence of the outputs' decisions, over ln 2, in [0, 1]. */
  readonly output: number;
  /** Effective number of agents (Vendi score), 1 .. agents. */
  readonly effective: number;
}

/** One lesson: who gave what to whom. */
export interface TransferEvent {
  readonly role: Role;
  readonly teacher: number;
  readonly student: number;
  readonly operator: string;
  readonly tau: number;
  readonly before: readonly number[];
  readonly after: readonly number[];
  /** Output distance to the lesson before and after, where the operator measures it. */
  readonly outputDistance: readonly [number, number] | null;
}

/** One mutation of a non-elite agent. */
export interface MutationEvent {
  readonly role: Role;
  readonly agent: number;
  readonly before: readonly number[];
  readonly after: readonly number[];
}

/** A team: the index of one agent per role. */
export type Team = Readonly<Record<Role, number>>;

/** Everything recorded about iteration k. */
export interface IterationEvent {
  readonly k: number;
  /** Row t_k whose close the iteration waits for; it settles who trades rows t_k+1 .. lastRow. */
  readonly row: number;
  readonly lastRow: number;
  /** Close of row t_k, ms UTC. */
  readonly time: number;
  readonly agents: Readonly<Record<Role, readonly AgentReading[]>>;
  readonly champion: Team;
  /** Score of the champion's own shadow account at t_k. */
  readonly championScore: number;
  /** Mean and best score of the pipelines drawn. */
  readonly meanScore: number;
  readonly bestScore: number;
  readonly committee: readonly Team[];
  readonly diversity: Readonly<Record<Role, DiversityReading>>;
  readonly transfers: readonly TransferEvent[];
  readonly mutations: readonly MutationEvent[];
  /** Roles whose agents have become near clones (effective number below 1.5). */
  readonly collapse: readonly Role[];
  /** Equity of the two deployed accounts at the close of lastRow, USDT. */
  readonly equity: { readonly champion: number; readonly committee: number };
}
