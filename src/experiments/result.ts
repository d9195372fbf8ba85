/** The stored result of a run: what figures, tables and notebooks read. */
import type { Role } from "../genome/role.ts";
import type { MarketSource } from "../market/panel.ts";

/** Metrics of one return series and its account over the reported rows. Fractions, not percent. */
export interface StrategyMetrics {
  /** Annual Sharpe ratio of simple net returns per bar, and its standard error. */
  readonly sharpe: number;
  readonly sharpeError: number;
  /** Annual Sharpe ratio gross of fees and slippage, funding included, and its Newey-West t (lag 5). */
  readonly grossSharpe: number;
  readonly grossT: number;
  /** Net and gross total return over the reported rows. */
  readonly totalReturn: number;
  readonly grossReturn: number;
  /** Standard deviation of bar returns, annualised. */
  readonly volatility: number;
  readonly maxDrawdown: number;
  /** Share of non-zero bar returns that are positive. */
  readonly hitRate: number;
  /** Traded notional over mean equity, per year. */
  readonly turnover: number;
  /** Mean gross notional over equity. */
  readonly exposure: number;
  /** Shares of starting equity: paid fees, slippage and funding (positive = cost). */
  readonly fees: number;
  readonly slippage: number;
  readonly funding: number;
  /** Cost per side at which the gross profit is gone, a fraction of traded notional; NaN is written as null. */
  readonly breakEvenCost: number | null;
  /** Shares of orders by risk verdict; all 0 without orders. */
  readonly verdicts: { readonly pass: number; readonly softFail: number; readonly hardFail: number };
  readonly orders: number;
  readonly liquidations: number;
}

/** How a strategy of the comparison came to be. An oracle knows what nobody could know and is always labelled so. */
export type StrategyKind = "population" | "learner" | "reference" | "oracle";

/** One line of the result table. */
export interface StrategyResult {
  /** Stable key, e.g. "champion", "committee", "selectionOnly", "ensemble". */
  readonly name: string;
  /** What a reader sees, e.g. "Population (champion)". */
  readonly label: string;
  readonly kind: StrategyKind;
  /** One sentence: what it is and what flatters or handicaps it. */
  readonly note: string;
  readonly metrics: StrategyMetrics;
  /** Percentile of its Sharpe ratio among the 625 pipelines of the field, in [0, 1]; null where it has none. */
  readonly fieldPercentile: number | null;
}

/** What an agent was worth at the last decision, in units of the score, and its standard error. */
export interface AgentCredit {
  readonly role: Role;
  readonly variant: string;
  /** What it was ranked by: credit of the scheme in use, remembered over iterations. */
  readonly credit: number;
  /** Mean of its exact Shapley values in the pipelines drawn at the last decision, beside default agents. */
  readonly shapley: number;
  /** Standard error of `shapley`, by bootstrapping bars jointly over all pipelines and coalitions. */
  readonly shapleyError: number;
}

/** What choosing the best of the field after the fact is worth. */
export interface FieldSelection {
  readonly pipelines: number;
  /** Probability of backtest overfitting (CSCV, 16 blocks), in [0, 1]; null on too few rows. */
  readonly overfitting: number | null;
  /** Deflated Sharpe ratio of the hindsight best: probability that its true Sharpe ratio beats the best of as many without skill; null if nothing moved. */
  readonly deflatedSharpe: number | null;
}

/** result.json of a run. Deterministic: same config, rows and seed give the same bytes. */
export interface RunResult {
  readonly schema: 1;
  readonly command: "population" | "multi" | "run";
  readonly source: MarketSource;
  readonly rowsHash: string;
  readonly configHash: string;
  readonly seed: number;
  /** First and last reported row, and their open times (ms UTC). */
  readonly reported: {
    readonly from: number;
    readonly to: number;
    readonly start: number;
    readonly end: number;
  };
  readonly iterations: number;
  /** Name of the strategy that is the headline. */
  readonly headline: string;
  /** Plain sentences a reader must see, e.g. that the data are synthetic. */
  readonly warnings: readonly string[];
  readonly strategies: readonly StrategyResult[];
  /** Mean score of the drawn pipelines over the last third of iterations, the primary outcome of ablations; null without learning. */
  readonly populationMean: number | null;
  /** What the hindsight best of the field is worth; null without a field. */
  readonly field: FieldSelection | null;
  /** Credit of every agent at the last decision; empty without learning. */
  readonly finalCredit: readonly AgentCredit[];
}

/** The series of a run: one row per reported bar (series.parquet); equity in USDT at each close. */
export interface RunSeries {
  /** Open time of each reported row, ms UTC; shape [rows]. */
  readonly openTime: Float64Array;
  /** Equity in USDT by strategy name; each of shape [rows]. */
  readonly equity: Readonly<Record<string, Float64Array>>;
}
