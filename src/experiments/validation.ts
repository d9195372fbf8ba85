/**
 * Does learning find an edge that is there, and none where none is? Markets whose truth is known are the cells of a
 * grid (configs/experiments/validation); what follows are functions of their results alone.
 */
import { pairedTest } from "../stats/paired.ts";
import { mean } from "../stats/moments.ts";
import { twoSidedNormal } from "../stats/normal.ts";
import type { StrategyName } from "./strategies.ts";
import type { RunResult, StrategyMetrics } from "./result.ts";

/** What is kept of one market: the metrics of the strategies that the thresholds speak of. */
export interface MarketOutcome {
  readonly marketSeed: number;
  readonly strategies: Readonly<Partial<Record<StrategyName, StrategyMetrics>>>;
}

/** Collects the strategies of a market's cells. */
export function marketOutcome(
  marketSeed: number,
  cells: readonly Pick<RunResult, "strategies">[],
): MarketOutcome {
  return {
    marketSeed,
    strategies: Object.fromEntries(
      cells.flatMap((cell) => cell.strategies).map(({ name, metrics }) => [name, metrics]),
    ),
  };
}

function metricsOf({ marketSeed, strategies }: MarketOutcome, name: StrategyName): StrategyMetrics {
  const metrics = strategies[name];
  if (!metrics) {
    throw new RangeError(
      `Cannot validate as market ${marketSeed} must have the strategy ${name}: it has none`,
    );
  }
  return metrics;
}

/** How a strategy compares with another over markets, in net annual Sharpe ratios. */
export interface PairedVerdict {
  readonly strategy: StrategyName;
  readonly against: StrategyName;
  readonly wins: number;
  readonly markets: number;
  readonly difference: number;
  readonly error: number;
}

/** Paired difference of two strategies' Sharpe ratios over at least two markets. */
export function compareStrategies(
  outcomes: readonly MarketOutcome[],
  strategy: StrategyName,
  against: StrategyName,
): PairedVerdict {
  const differences = outcomes.map((outcome) =>
    metricsOf(outcome, strategy).sharpe - metricsOf(outcome, against).sharpe
  );
  const { mean: difference, se } = pairedTest(differences);
  return {
    strategy,
    against,
    wins: differences.filter((value) => value > 0).length,
    markets: outcomes.length,
    difference,
    error: se,
  };
}

/** Level of the two-sided test of a gross mean return. */
const LEVEL = 0.05;

/** How often a strategy's gross mean return is told from zero, and its mean gross Sharpe ratio over markets. */
export interface NullVerdict {
  readonly strategy: StrategyName;
  readonly rejections: number;
  readonly markets: number;
  readonly meanGrossSharpe: number;
  /** Standard error of `meanGrossSharpe` over markets. */
  readonly error: number;
  readonly meanNetSharpe: number;
}

/** Two-sided Newey-West tests at 5 % of the gross mean return (funding included), market by market. */
export function testNull(outcomes: readonly MarketOutcome[], strategy: StrategyName): NullVerdict {
  const all = outcomes.map((outcome) => metricsOf(outcome, strategy));
  const gross = pairedTest(all.map(({ grossSharpe }) => grossSharpe));
  return {
    strategy,
    rejections: all.filter(({ grossT }) => grossT !== null && twoSidedNormal(grossT) < LEVEL).length,
    markets: all.length,
    meanGrossSharpe: gross.mean,
    error: gross.se,
    meanNetSharpe: mean(all.map(({ sharpe }) => sharpe)),
  };
}

/** A threshold, what was measured, and whether it holds. */
export interface ThresholdCheck {
  readonly rule: string;
  readonly measured: string;
  readonly holds: boolean;
}

/** Rows from which the wins asked for in planted markets rise from 16 to 19 of 20. */
const LONG_MARKET = 8766;

/** The thresholds of planted markets: the champion beats the mean of the field in 19 of 20 long markets, 16 of 20 short ones. */
export function plantedChecks(outcomes: readonly MarketOutcome[], rows: number): ThresholdCheck[] {
  const { wins, markets, difference, error } = compareStrategies(outcomes, "champion", "random");
  const share = rows >= LONG_MARKET ? 19 / 20 : 16 / 20;
  const least = Math.ceil(share * markets - 1e-9);
  return [
    {
      rule: `champion beats the mean of the field in at least ${least} of ${markets} markets`,
      measured: `${wins} of ${markets}`,
      holds: wins >= least,
    },
    {
      rule: "mean difference in Sharpe ratio less two standard errors above 0",
      measured: `${difference.toFixed(2)} - 2 x ${error.toFixed(2)} = ${(difference - 2 * error).toFixed(2)}`,
      holds: difference - 2 * error > 0,
    },
  ];
}

/** Largest mean gross Sharpe ratio, in absolute value, that a null study may show. */
const MOST_MEAN_SHARPE = 0.23;

/** The thresholds of null markets: at most 5 of 40 rejections, a mean near 0, and the hindsight best flagged in 8 of 40. */
export function nullChecks(outcomes: readonly MarketOutcome[]): ThresholdCheck[] {
  const champion = testNull(outcomes, "champion");
  const hindsight = testNull(outcomes, "hindsight");
  const most = Math.floor(outcomes.length * 5 / 40 + 1e-9);
  const least = Math.ceil(outcomes.length * 8 / 40 - 1e-9);
  return [
    {
      rule: `champion's gross mean return told from 0 in at most ${most} of ${outcomes.length} markets`,
      measured: `${champion.rejections} of ${outcomes.length}`,
      holds: champion.rejections <= most,
    },
    {
      rule: `champion's mean gross Sharpe ratio within +-${MOST_MEAN_SHARPE}`,
      measured: champion.meanGrossSharpe.toFixed(3),
      holds: Math.abs(champion.meanGrossSharpe) <= MOST_MEAN_SHARPE,
    },
    {
      rule: `hindsight best flagged in at least ${least} of ${outcomes.length} markets (positive control)`,
      measured: `${hindsight.rejections} of ${outcomes.length}`,
      holds: hindsight.rejections >= least,
    },
  ];
}
