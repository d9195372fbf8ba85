import type { StrategyKind } from "./result.ts";

/** What a reader is told about a strategy. */
export interface StrategyDescription {
  readonly label: string;
  readonly kind: StrategyKind;
  readonly note: string;
}

/** Every strategy a run may report, in the order of the result table. Nothing here is picked after the fact but the oracles. */
export const STRATEGIES = {
  champion: {
    label: "Population (champion)",
    kind: "population",
    note: "The team of the best agent of each role, chosen before each window it trades.",
  },
  committee: {
    label: "Population (committee)",
    kind: "population",
    note: "The mean target of the best teams by summed credit, in one account with real costs.",
  },
  selectionOnly: {
    label: "Selection only (champion)",
    kind: "learner",
    note: "The population without transfer and mutation: the floor for every claim about learning.",
  },
  selectionOnlyCommittee: {
    label: "Selection only (committee)",
    kind: "learner",
    note: "The committee of the population without transfer and mutation.",
  },
  homogeneousPbt: {
    label: "Homogeneous PBT (champion)",
    kind: "learner",
    note: "Five copies of one drawn variant per role; the worst copies the best and explores.",
  },
  singleAgent: {
    label: "Single agent, learning",
    kind: "learner",
    note: "One drawn pipeline; 16 mutants are tried at every transfer step, the best of 17 goes on.",
  },
  fixedSingle: {
    label: "Single agent, fixed",
    kind: "reference",
    note: "The same drawn pipeline, never changed.",
  },
  randomSwitching: {
    label: "Random switching",
    kind: "reference",
    note:
      "Placebo for the champion rule: a team drawn at every decision; of 20 streams the one with the median result.",
  },
  ensemble: {
    label: "Ensemble of 625",
    kind: "reference",
    note:
      "Equal weight of all declared pipelines; capital is re-split each bar free of cost, which flatters it.",
  },
  wholeCommittee: {
    label: "Committee of 625",
    kind: "reference",
    note: "The mean target of all declared pipelines in one account, with real costs.",
  },
  staticShort: {
    label: "Static best (short)",
    kind: "reference",
    note: "The declared pipeline with the best Sharpe ratio over rows 360-719, held to the end.",
  },
  staticShortAdditive: {
    label: "Static best (short, additive)",
    kind: "reference",
    note: "As static best, chosen role by role from mean scores over all partners.",
  },
  staticLong: {
    label: "Static best (long)",
    kind: "reference",
    note: "The declared pipeline with the best Sharpe ratio over all rows before the reported ones.",
  },
  staticLongAdditive: {
    label: "Static best (long, additive)",
    kind: "reference",
    note: "As static best (long), chosen role by role from mean scores over all partners.",
  },
  random: {
    label: "Random pipeline (mean of 625)",
    kind: "reference",
    note: "Metric by metric the mean over the field: what a blind pick is expected to show.",
  },
  buyAndHold: {
    label: "Buy and hold",
    kind: "reference",
    note: "Equal shares of equity in each traded coin at 1x, never touched; fees, slippage and funding paid.",
  },
  volatilityTarget: {
    label: "Volatility-targeted hold",
    kind: "reference",
    note: "All coins long, re-set every 42 rows to 20 % annual volatility, gross at most 2x.",
  },
  momentum180: {
    label: "Time-series momentum",
    kind: "reference",
    note: "Long or short by the sign of the 180-row return, re-set every 42 rows to 20 % annual volatility.",
  },
  pipeline: {
    label: "Pipeline",
    kind: "reference",
    note: "One pipeline of declared agents, no learning.",
  },
  hindsight: {
    label: "Hindsight best of 625",
    kind: "oracle",
    note:
      "oracle (hindsight): the field's best Sharpe ratio over the rows traded; nobody could have known it.",
  },
  plantedOracle: {
    label: "Planted truth",
    kind: "oracle",
    note: "oracle (knows the truth): trades the synthetic market's own conditional mean, cost-aware.",
  },
} as const satisfies Record<string, StrategyDescription>;
export type StrategyName = keyof typeof STRATEGIES;
