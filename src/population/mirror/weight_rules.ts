/** How mirrored accounts weigh the teams. A rule is added by an entry here and its name in config.ts. */
import { byRole, type Role } from "../../genome/role.ts";
import { committeeTeamsOf, type MirrorRule, type PopulationConfig } from "../config.ts";
import { fixedShare } from "./fixed_share.ts";
import type { CreditMemory, TeamStanding } from "./standing.ts";

/** What a candidate earned in the window that has just been traded. */
export interface CandidateWindow {
  /** Sum of its returns. */
  readonly sum: number;
  /** Rows of the window. */
  readonly rows: number;
  /** sd of its bar returns in all windows so far, this one included. */
  readonly sd: number;
}

/**
 * A rule: one or several candidates of weights, and how much each candidate counts. Most rules have one; a rule that
 * learns something, as how fast to forget, has a candidate for each answer and deals out shares by what each earned.
 */
export interface WeightRule {
  /** For readers: "soft weights". */
  readonly label: string;
  /** What it does, after "by". */
  readonly note: string;
  /** Half-lives of returns that its candidates look at. */
  readonly memories: (config: PopulationConfig) => readonly number[];
  /** Weights over teams at a decision, each candidate's summing to 1; always as many candidates. */
  readonly candidates: (standing: TeamStanding, config: PopulationConfig) => readonly Float64Array[];
  /** The candidates' shares in the next window. @param before In this one; of the first, equal. */
  readonly shares: (
    before: readonly number[],
    earned: readonly CandidateWindow[],
    config: PopulationConfig,
  ) => number[];
}

/** Memories among which `hedge` learns that of traders' credit, rows. */
export const TRADER_MEMORIES = [180, 360, 720, 1440, Infinity] as const;

/** The half-lives of a configuration. */
export function creditMemory({ mirror: { halfLife } }: PopulationConfig): CreditMemory {
  return byRole((role: Role) => halfLife[role] ?? Infinity);
}

/** Credit below this is rounding of teams that are all alike. */
const ROUNDING = 1e-9;

/** One candidate, which always counts whole. */
const alone = { shares: (): number[] => [1] };
const noCredit = { ...alone, memories: () => [] };
const ofCredit = {
  ...alone,
  memories: (config: PopulationConfig) => Object.values(creditMemory(config)),
};

/** Every weight rule that a config may name. */
export const WEIGHT_RULES: Readonly<Record<MirrorRule, WeightRule>> = {
  softmax: {
    ...ofCredit,
    label: "soft weights",
    note: "softmax of the summed credit of a team's agents, each team over its sd",
    candidates: (standing, config) => [softmax(standing, creditMemory(config), config)],
  },
  hedge: {
    label: "soft weights, memory learned",
    note: "soft weights whose memory of traders' credit is learned by fixed-share Hedge among five",
    memories: (
      config,
    ) => [...Object.values({ ...creditMemory(config), trader: Infinity }), ...TRADER_MEMORIES],
    candidates: (standing, config) =>
      TRADER_MEMORIES.map((trader) => softmax(standing, { ...creditMemory(config), trader }, config)),
    shares: fixedShare,
  },
  topShare: {
    ...ofCredit,
    label: "best teams",
    note: "the best teams by summed credit, each over its sd",
    candidates: (standing, config) => [topShare(standing, creditMemory(config), config)],
  },
  positivePart: {
    ...ofCredit,
    label: "positive part of credit",
    note: "the positive part of a team's summed credit over its sd",
    candidates: (standing, config) => [
      overSd(standing, standing.credit(creditMemory(config)).map((credit) => credit > ROUNDING ? credit : 0)),
    ],
  },
  equal: {
    ...noCredit,
    label: "equal weights",
    note: "equal weights",
    candidates: ({ teams }) => [normalised(new Float64Array(teams.length).fill(1))],
  },
  equalOverSd: {
    ...noCredit,
    label: "equal weights over sd",
    note: "each team over its sd",
    candidates: (standing) => [overSd(standing, new Float64Array(standing.teams.length).fill(1))],
  },
};

function softmax(standing: TeamStanding, memory: CreditMemory, { mirror }: PopulationConfig): Float64Array {
  const credit = standing.credit(memory);
  const highest = credit.reduce((most, one) => Math.max(most, one), -Infinity);
  return overSd(standing, credit.map((one) => Math.exp((one - highest) / mirror.temperature)));
}

function topShare(standing: TeamStanding, memory: CreditMemory, config: PopulationConfig): Float64Array {
  const credit = standing.credit(memory);
  const order = Array.from(credit, (_, i) => i).sort((i, j) => credit[j]! - credit[i]! || i - j);
  const weights = new Float64Array(credit.length);
  for (const team of order.slice(0, committeeTeamsOf(config))) weights[team] = 1;
  return overSd(standing, weights);
}

/** Weights over the teams' sds; where nobody has any, all have the same. */
function overSd({ sd }: TeamStanding, weights: Float64Array): Float64Array {
  const any = weights.some((weight) => weight > 0);
  return normalised(weights.map((weight, i) => (any ? weight : 1) / sd[i]!));
}

function normalised(weights: Float64Array): Float64Array {
  const sum = weights.reduce((all, one) => all + one, 0);
  return weights.map((weight) => weight / sum);
}
