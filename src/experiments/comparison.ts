/** Two strategies of one run compared on the same bars: what the headline is to be judged by. */
import { rng } from "../core/rng.ts";
import { isConstant } from "../stats/constant.ts";
import { LEAST_ROWS, type SharpeEstimate, sharpeEstimate } from "./sharpe_estimate.ts";
import type { RunResult, RunSeries, StrategyResult } from "./result.ts";
import type { StrategyName } from "./strategies.ts";

/** What one strategy earned beside another. A difference is annual, of net Sharpe ratios. */
export interface SharpeComparison {
  /** Whose ratio is looked at. */
  readonly strategy: string;
  /** Whose ratio is taken from it. */
  readonly against: string;
  /** Reported rows, all of them compared. */
  readonly rows: number;
  /** Null where it cannot be told: too few rows, or one of the two never moved. */
  readonly estimate: SharpeEstimate | null;
  /** Why there is no estimate. */
  readonly why: "tooFewRows" | "neverMoved" | null;
  /** Names of those of the two that never moved. */
  readonly flat: readonly string[];
}

/** What stands beside the headline: [strategy, against] by the headline's name, the floor for learning first. */
const OPPONENTS: Readonly<Partial<Record<StrategyName, readonly StrategyName[]>>> = {
  champion: ["selectionOnly", "ensemble"],
  committee: ["selectionOnlyCommittee", "ensemble"],
  pipeline: ["buyAndHold"],
};

/** The strategies that a headline is to be judged by, the floor for learning first. */
export function opponentsOf(headline: string): readonly string[] {
  return OPPONENTS[headline as StrategyName] ?? [];
}

/**
 * The headline beside each of its opponents that ran; none where there were no references. Where no lesson reached the
 * champion, whose team is one of hundreds, the committee, which holds many, is compared as well.
 */
export function headlineComparisons(result: RunResult, series: RunSeries): SharpeComparison[] {
  const there = (name: string) => series.equity[name] !== undefined;
  const own = opponentsOf(result.headline).filter(there)
    .map((against) => compareSharpe(result, series, result.headline, against));
  const untouched = result.headline === "champion" && own[0]?.against === "selectionOnly" &&
    own[0].estimate !== null &&
    isSame(own[0].estimate);
  if (!untouched || !there("committee") || !there("selectionOnlyCommittee")) return own;
  return [...own, compareSharpe(result, series, "committee", "selectionOnlyCommittee")];
}

/** True of two accounts that earned the same on every row. */
export function isSame(
  { difference, error }: { readonly difference: number; readonly error: number },
): boolean {
  return difference === 0 && error === 0;
}

/**
 * The difference of two strategies' annual net Sharpe ratios over the reported rows, by Ledoit and Wolf's studentised
 * bootstrap. Equal runs give equal numbers: the draws are named by the run's seed and the two strategies.
 *
 * @throws {RangeError} If the run has no series of one of the two.
 */
export function compareSharpe(
  result: RunResult,
  series: RunSeries,
  strategy: string,
  against: string,
): SharpeComparison {
  const [x, y] = [strategy, against].map((name) => netReturns(result, series, name)) as [
    Float64Array,
    Float64Array,
  ];
  const rows = x.length, pair = { strategy, against, rows };
  const flat = [strategy, against].filter((_, i) => isConstant([x, y][i]!));
  if (flat.length > 0) return { ...pair, estimate: null, why: "neverMoved", flat };
  if (rows < LEAST_ROWS) return { ...pair, estimate: null, why: "tooFewRows", flat };
  const random = rng("sharpe comparison", result.seed, strategy, against);
  return { ...pair, estimate: sharpeEstimate(x, y, random), why: null, flat };
}

/**
 * A strategy's simple net returns per bar, from its stored equity; 0 from the bar after an account was closed.
 *
 * @returns Shape [rows].
 * @throws {RangeError} If the run has no series of that strategy.
 */
export function netReturns(result: RunResult, series: RunSeries, name: string): Float64Array {
  const equity = series.equity[name];
  const strategy = result.strategies.find((entry) => entry.name === name);
  if (!equity || !strategy) {
    throw new RangeError(
      `Cannot read returns as the run must have a series of the strategy: it has none of ${name}`,
    );
  }
  const out = new Float64Array(equity.length);
  let before = startOf(strategy, result);
  for (let t = 0; t < out.length; t++) {
    out[t] = before > 0 ? equity[t]! / before - 1 : 0;
    before = equity[t]!;
  }
  return out;
}

function startOf({ startingEquity }: StrategyResult, result: RunResult): number {
  return startingEquity ?? result.startingEquity;
}
