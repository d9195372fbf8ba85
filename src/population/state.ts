import type { Role } from "../genome/role.ts";
import type { Genome } from "../genome/genome.ts";
import { createAccount, writeAccount } from "../simulation/account.ts";
import type { PopulationConfig } from "./config.ts";
import type { Proposals } from "../inventory/trader/proposal.ts";
import type { Credits } from "./credit.ts";
import { byRole } from "../genome/role.ts";
import { type Genomes, membersOf, startGenomes } from "./members.ts";
import { parameterDiversity } from "./diversity.ts";

/** The deployed accounts of a population. */
export const DEPLOYED_ACCOUNTS = ["champion", "committee"] as const;
/** One of the deployed accounts. */
export type DeployedAccount = (typeof DEPLOYED_ACCOUNTS)[number];

/** The frozen genomes of a team, one per role. */
export type TeamGenomes = Readonly<Record<Role, Genome>>;

/**
 * Everything an iteration hands to the next: a few kB of plain numbers and strings, all that a resume needs.
 * Series are functions of genomes and rows and are never part of it.
 */
export interface PopulationState {
  /** The iteration to come. */
  readonly k: number;
  /** By role and agent. */
  readonly genomes: Genomes;
  /** Diversity of each role at the start; mutation is triggered relative to it. */
  readonly startDiversity: Readonly<Record<Role, number>>;
  /** Decisions that were handed in from outside so far, by the trader variant that they are for. */
  readonly proposals: Proposals;
  /** Credit of every agent so far, by index; null before the first iteration. */
  readonly credit: Credits | null;
  /** Who traded the last window; null before the first. */
  readonly champion: TeamGenomes | null;
  /** Who the committee was in the last window. */
  readonly committee: readonly TeamGenomes[];
  /** The deployed accounts as flat blocks (simulation/account.ts). */
  readonly accounts: Readonly<Record<DeployedAccount, readonly number[]>>;
}

/** The state before the first iteration. */
export function startState(
  config: PopulationConfig,
  seed: number,
  coins: number,
  startingEquity: number,
): PopulationState {
  const genomes = startGenomes(config, seed);
  const members = membersOf(genomes);
  const account = writeAccount(createAccount(coins, startingEquity));
  return {
    k: 0,
    genomes,
    startDiversity: byRole((role) => parameterDiversity(members[role], genomes[role])),
    proposals: {},
    credit: null,
    champion: null,
    committee: [],
    accounts: { champion: account, committee: account },
  };
}
