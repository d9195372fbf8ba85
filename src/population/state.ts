import type { Role } from "../genome/role.ts";
import type { Genome } from "../genome/genome.ts";
import { createAccount, writeAccount } from "../simulation/account.ts";
import type { PopulationConfig } from "./config.ts";
import type { Proposals } from "../inventory/trader/proposal.ts";
import type { Credits } from "./credit.ts";
import type { Told } from "./thoughts.ts";
import { byRole } from "../genome/role.ts";
import { type MirroredAccount, mirroredAccounts } from "./mirror/accounts.ts";
import type { MirrorStates } from "./mirror/mirror.ts";
import { type Genomes, membersOf, startGenomes } from "./members.ts";
import { parameterDiversity } from "./diversity.ts";

/** One of the deployed accounts of a population. */
export type DeployedAccount = "champion" | "committee" | MirroredAccount;
/** One value an account: of the champion and the committee always, of those that mirror as the configuration says. */
export type ByAccount<Value> =
  & Readonly<Record<"champion" | "committee", Value>>
  & Readonly<Partial<Record<MirroredAccount, Value>>>;

/** The deployed accounts of a population. */
export function deployedAccounts(config: Pick<PopulationConfig, "mirror">): DeployedAccount[] {
  return ["champion", "committee", ...mirroredAccounts(config)];
}

/** A value of each of some accounts, the champion and the committee among them. */
export function byAccount<Value>(
  names: readonly DeployedAccount[],
  valueOf: (name: DeployedAccount) => Value,
): ByAccount<Value> {
  return Object.fromEntries(names.map((name) => [name, valueOf(name)])) as unknown as ByAccount<Value>;
}

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
  /** What language models were asked; left out where nobody asks. */
  readonly told?: Told;
  /** Credit of every agent so far, by index; null before the first iteration. */
  readonly credit: Credits | null;
  /** Who traded the last window; null before the first. */
  readonly champion: TeamGenomes | null;
  /** Who the committee was in the last window. */
  readonly committee: readonly TeamGenomes[];
  /** The deployed accounts as flat blocks (simulation/account.ts). */
  readonly accounts: ByAccount<readonly number[]>;
  /** What mirrored accounts take on from the windows so far; empty before the first. */
  readonly mirrors: MirrorStates;
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
    accounts: byAccount<readonly number[]>(deployedAccounts(config), () => account),
    mirrors: {},
  };
}
