import type { Worth } from "../core/memo.ts";
import type { DecisionRows } from "../simulation/mandate.ts";
import type { MarketView } from "../features/market_view.ts";
import type { GeneValues } from "../genome/gene.ts";
import type { Role } from "../genome/role.ts";
import type { Proposals } from "../inventory/trader/proposal.ts";
import type { Agent } from "./agent.ts";
import type { RoleOutput, RoleUpstream } from "./contracts.ts";
import type { Outputs } from "./outputs.ts";

/** What an agent is given. */
export interface RoleInputs<Kind extends Role> {
  readonly market: MarketView;
  /** The output of the role before it, computed when it is asked for: a default agent may not need it. */
  readonly upstream: () => RoleUpstream[Kind];
  /** Fee of a market order, a fraction. */
  readonly takerFee: number;
  /** Stretch of take-profit distances beyond a trader's multiple of the forecast's sd over the longest horizon. */
  readonly targetStretch: number;
  /** Coins that may be traded, [coin]; null for all. */
  readonly tradable: readonly boolean[] | null;
  /** What seeds random draws: the labels of the agents upstream and its own. */
  readonly seedLabel: string;
  /** Decisions handed in from outside, by the trader variant that they are for. */
  readonly proposals: Proposals;
  /** Whether sums of regressions are done by code made for their size. */
  readonly straightLine: boolean;
  /** Whether all of an output is asked for, or what other roles read of it. */
  readonly stated: boolean;
}

/** A smaller form of an agent's output, from which its agent makes the whole of it again, bit for bit. */
export interface Packing<Kind extends Role> {
  readonly pack: (output: RoleOutput[Kind]) => unknown;
  /**
   * @param into An output of the role that nobody reads any more: its memory may be taken.
   * @param only The rows that are read; others hold anything. Null for all.
   */
  readonly unpack: (
    agent: Agent<Kind>,
    packed: unknown,
    into: RoleOutput[Kind] | null,
    only: DecisionRows | null,
  ) => RoleOutput[Kind];
  /** What keeping the packed form costs, bytes. */
  readonly bytes: (packed: unknown) => number;
}

/** Everything that differs between the roles, in one place each. */
export interface RoleRecord<Kind extends Role> {
  /**
   * What an agent makes of its inputs; null is the role's declared default agent.
   *
   * @param before Its output over the first rows of the same market; gone on from where its methods can.
   */
  readonly run: (
    agent: Agent<Kind> | null,
    inputs: RoleInputs<Kind>,
    before: RoleOutput[Kind] | null,
  ) => RoleOutput[Kind];
  /** What an agent has learned by a row of genes of its methods, from rows up to it; empty for agents that choose nothing. */
  readonly learned: (agent: Agent<Kind>, inputs: RoleInputs<Kind>, row: number) => GeneValues;
  /** Whether the default agent reads the role before it. */
  readonly defaultReadsUpstream: boolean;
  /** The part of an output that other roles read. */
  readonly shared: (output: RoleOutput[Kind]) => RoleOutput[Kind];
  /** How dear an output is to make again, and so how long it is kept where memory is short. */
  readonly worth: Worth;
  /** What is kept of an output, and the output made of it again; null keeps it as it is. */
  readonly packed: Packing<Kind> | null;
  /** What keeping an output costs, bytes. */
  readonly bytes: (output: RoleOutput[Kind]) => number;
  /** Rows from..to-1 of an output, as views. */
  readonly slice: (output: RoleOutput[Kind], from: number, to: number) => RoleOutput[Kind];
  /** What agents of the role are compared by over `rows` rows from row `from` on. */
  readonly outputs: (output: RoleOutput[Kind], from: number, rows: number) => Outputs;
  /** The decision in one state as a distribution: it begins at index `at` of the outputs' values. */
  readonly decision: (values: Float64Array, at: number) => number[];
}
