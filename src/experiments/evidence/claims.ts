/** The paper's claims, each with what would show it: fixed before anything is run. */

/** A claim of the paper. */
export interface Claim {
  /** C1 to C8. */
  readonly id: ClaimId;
  /** What is claimed, as one sentence. */
  readonly statement: string;
  /** What is measured. */
  readonly estimand: string;
  /** The test that decides. */
  readonly test: string;
  /** What must hold beside it. */
  readonly guards: string;
}

/** Names of the claims. */
export const CLAIM_IDS = ["C1", "C2", "C3", "C4", "C5", "C6", "C7", "C8"] as const;
/**
 * One of them.
 *
 * @internal
 */
export type ClaimId = (typeof CLAIM_IDS)[number];

/** Tests that a contrast of a grid is decided by. */
export const CONTRAST_TEST =
  "exact sign-flip test of differences paired by market, Holm over all claims of the grid; equivalence (TOST) within " +
  "the margin for no effect, Holm as well; interval by the studentised bootstrap over markets";

/** All claims, in the order of the paper. */
export const CLAIMS: readonly Claim[] = [
  {
    id: "C1",
    statement: "A population beats a single learning agent.",
    estimand: "difference of annual net Sharpe ratios out of sample, paired by market and seed",
    test: CONTRAST_TEST,
    guards: "equal compute; the single agent has as many trials",
  },
  {
    id: "C2",
    statement: "Transfer and diversity each raise what a population earns.",
    estimand: "main effects and interaction of the two on the population mean, out of sample",
    test: CONTRAST_TEST,
    guards: "what an arm turns off must have fired where it is on; common random numbers",
  },
  {
    id: "C3",
    statement: "A population beats the best fixed pipeline.",
    estimand: "difference of annual net Sharpe ratios to the pipeline that was best on history",
    test: `${CONTRAST_TEST}; against all 625: SPA with the population as benchmark`,
    guards: "the hindsight best is an oracle line; PBO of picking the best; DSR of the winner",
  },
  {
    id: "C4",
    statement: "One language model decides better than another.",
    estimand: "difference of Brier score and CRPS on the same decision points",
    test: "block bootstrap over timestamps; McNemar for direction; Holm over pairs",
    guards: "leakage strata; scores per cost",
  },
  {
    id: "C5",
    statement: "Agents come to specialise in regimes.",
    estimand: "mutual information of agent and regime, Miller-Madow corrected",
    test: "circular shifts of the regime labels, 1,000 or more",
    guards: "compared with a population that never learns and with random selection",
  },
  {
    id: "C6",
    statement: "What is transferred can be told, and it matters.",
    estimand: "change of genes by lessons; loss when transferred genes are set back",
    test: "paired by market, Benjamini-Hochberg over genes",
    guards: "placebo transfer from a random agent",
  },
  {
    id: "C7",
    statement: "Forecasts are calibrated.",
    estimand: "CRPS, Brier and pinball loss against climatology and GARCH",
    test: "Diebold-Mariano with Harvey, Leybourne and Newbold's correction; Kupiec and Christoffersen; PIT",
    guards: "expected calibration error describes only",
  },
  {
    id: "C8",
    statement: "Where nothing is to be found, nothing is claimed.",
    estimand: "share of null markets on which a headline test rejects",
    test: "binomial interval of the share around 5 %",
    guards: "40 null markets or more",
  },
];
