/** What the words of a report mean, for a reader who knows markets or statistics but not both. */

/** A word and one or two sentences that define it. */
export interface Term {
  /** The word. */
  readonly term: string;
  /** What it means. */
  readonly meaning: string;
}

/** Groups of terms in the order in which a report uses them. */
export const GLOSSARY: readonly { readonly title: string; readonly terms: readonly Term[] }[] = [
  {
    title: "How good, how sure",
    terms: [
      {
        term: "Sharpe ratio",
        meaning:
          "Mean return of a bar over its standard deviation, times the square root of the 2,190 bars of a year. What was earned per unit of risk taken; flat bars count.",
      },
      {
        term: "SE",
        meaning:
          "Standard error: how far an estimate would typically lie from the truth if the same kind of span were drawn again.",
      },
      {
        term: "95% interval",
        meaning:
          "A range made so that 95 of 100 such ranges hold the true value. If it holds 0, the data cannot tell the difference from none.",
      },
      {
        term: "Paired difference",
        meaning:
          "Two strategies compared on the same bars. Its error is that of the difference, which is smaller than the two errors suggest where both move together. Interval: studentised bootstrap of blocks of bars (Ledoit and Wolf, 2008).",
      },
      {
        term: "Gross Sharpe (t)",
        meaning:
          "The Sharpe ratio before fees and slippage, and the mean return over its standard error (Newey-West). Beyond about 2 either way, chance alone is unlikely.",
      },
      {
        term: "Deflated Sharpe ratio (DSR)",
        meaning:
          "Probability that the true Sharpe ratio of the best of many beats what the best of as many without any skill would show. Near 1 is good; .5 and below is luck.",
      },
      {
        term: "PBO",
        meaning:
          "Probability of backtest overfitting: how often the pipeline that was best in one half of the rows falls below the median in the other. Above .5, choosing by past results is worse than not choosing.",
      },
    ],
  },
  {
    title: "Who trades",
    terms: [
      {
        term: "Agent, role, variant",
        meaning:
          "An agent plays one role: analyst (reads the market), researcher (forecasts), trader (plans positions) or risk (sets limits). A variant is its method, such as researcher arimax.",
      },
      { term: "Pipeline, team", meaning: "One agent of each role. It has one account." },
      {
        term: "Champion",
        meaning:
          "The team of the best agent of each role, chosen before each window of 36 bars that it then trades. The usual headline.",
      },
      {
        term: "Committee",
        meaning: "Many good teams together in one account: the mean of their targets, at real costs.",
      },
      {
        term: "Selection only",
        meaning:
          "The same population, chosen in the same way, without transfer and mutation. What learning adds is the difference to it.",
      },
      {
        term: "Field, ensemble",
        meaning:
          "The field is all pipelines of the declared agents, none of them learning; the ensemble is the equal-weight mean of their returns, with capital split anew at every bar free of cost, which flatters it.",
      },
      {
        term: "Random pipeline",
        meaning: "The mean of each number over the field: what a blind pick is expected to show.",
      },
      {
        term: "Static best",
        meaning: "The pipeline that did best before the reported rows, then never changed.",
      },
      {
        term: "Homogeneous PBT",
        meaning:
          "Population based training among copies of one variant: the worst copies the best and is changed at random.",
      },
      {
        term: "Oracle, hindsight best",
        meaning: "Knows what nobody could know when it traded. A line to compare with, never a result.",
      },
    ],
  },
  {
    title: "Money and market",
    terms: [
      {
        term: "Gross, net",
        meaning: "What price moves brought before fees, slippage and funding; and what was left.",
      },
      {
        term: "Slippage",
        meaning:
          "What was lost by trading at worse prices than the one seen: half the spread and market impact.",
      },
      {
        term: "Funding",
        meaning:
          "What holders of perpetual contracts pay each other, mostly every 8 hours; positive here is received.",
      },
      { term: "Basis point (bp)", meaning: "A hundredth of one percent." },
      { term: "Exposure", meaning: "Sum of all positions' sizes over equity; 1× holds as much as it owns." },
      { term: "Turnover", meaning: "Traded notional over mean equity, per year." },
      { term: "Drawdown", meaning: "Loss from the highest equity so far, as a share of it." },
      {
        term: "Halved",
        meaning:
          "As an account's loss from its peak nears the declared limit, its positions are scaled down. Halved is the share of rows, of those in which a position was wanted, in which this left less than one half.",
      },
      {
        term: "Cut, refused, blocked",
        meaning:
          "Risk may make an order smaller (cut) or refuse one that would add to a position. Three rules block rows: the maximum drawdown (out), the daily loss, and a pause of a coin after an exit (cooling).",
      },
    ],
  },
  {
    title: "Learning",
    terms: [
      {
        term: "Iteration",
        meaning:
          "One decision and the 36 bars (six days) that follow it. Nothing at a decision has seen a later bar.",
      },
      {
        term: "Score",
        meaning:
          "What a pipeline is judged by at a decision: unless set otherwise the Sharpe ratio per bar of its own shadow account up to then, recent bars weighing more. It re-reads the past, so it rises by selection alone.",
      },
      {
        term: "Credit",
        meaning:
          "An agent's share in its pipelines' scores, remembered over iterations; agents are ranked by it.",
      },
      {
        term: "Shapley value",
        meaning:
          "The fair share of one role in a pipeline's score: its mean contribution over all 16 ways in which the others may be present, absentees played by default agents.",
      },
      {
        term: "Transfer, tau",
        meaning:
          "The best agent of a role teaches the others: they move towards it by tau (0 not at all, 1 a copy).",
      },
      {
        term: "Mutation",
        meaning:
          "Random changes to an agent's genes: where its role has become too alike (trigger), or at each transfer step if it raises the mean score of the agent's partners (tested). A mutant taken without passing a test is untested.",
      },
      {
        term: "Partners",
        meaning:
          "Teams of an iteration's draw that hold an agent and judge a change of its genes by their mean score on the rows so far: up to five of a trader or a risk agent, two of an analyst or a researcher.",
      },
      {
        term: "Near clones",
        meaning: "The effective number of agents of a role (Vendi score) fell below 1.5: they act as one.",
      },
    ],
  },
];
