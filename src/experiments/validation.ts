/**
 * Does learning find an edge that is there, and none where none is? Markets whose truth is known are the cells of a
 * grid (configs/experiments/validation); what follows are functions of their results alone.
 */
import { pairedTest } from "../stats/paired.ts";
import { mean } from "../stats/moments.ts";
import { twoSidedNormal } from "../stats/normal.ts";
import { controlAtLeast, errorsOver, leastMarkets, mostMarkets, type StatedBound } from "./market_bounds.ts";
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

/** A threshold, what was measured, and whether it holds; null where there are too few markets to judge. */
export interface ThresholdCheck {
  readonly rule: string;
  readonly measured: string;
  readonly holds: boolean | null;
}

/** Rows from which the wins asked for in planted markets rise from 16 to 19 of 20. */
const LONG_MARKET = 8766;
/** Wins that are asked for, and standard errors that the mean must be above 0, over 20 markets. */
const WINS = { long: { count: 19, of: 20, chance: .5 }, short: { count: 16, of: 20, chance: .5 } };
const ERRORS = { errors: 2, of: 20 };

/**
 * The thresholds of planted markets: the champion beats the mean of the field in 19 of 20 long markets, 16 of 20 short
 * ones; on fewer markets as often as chance alone does no more often than that.
 */
export function plantedChecks(outcomes: readonly MarketOutcome[], rows: number): ThresholdCheck[] {
  const { wins, markets, difference, error } = compareStrategies(outcomes, "champion", "random");
  const asked = rows >= LONG_MARKET ? WINS.long : WINS.short;
  const least = leastMarkets(markets, asked);
  const errors = errorsOver(markets, ERRORS.errors, ERRORS.of), times = Number(errors.toFixed(2));
  return [
    {
      rule: `champion beats the mean of the field in at least ${asText(least, markets, asked)}`,
      measured: `${wins} of ${markets}`,
      holds: least === null ? null : wins >= least,
    },
    {
      rule: `mean difference in Sharpe ratio less ${times} standard errors above 0`,
      measured: `${difference.toFixed(2)} - ${times} x ${error.toFixed(2)} = ${
        (difference - errors * error).toFixed(2)
      }`,
      holds: difference - errors * error > 0,
    },
  ];
}

/** A count of markets, with the number that it was stated for where that is another. */
function asText(count: number | null, markets: number, { count: stated, of }: StatedBound): string {
  if (count === null) return `${stated} of ${of} markets`;
  return `${count} of ${markets} markets${
    markets < of ? ` (as seldom by chance as ${stated} of ${of})` : ""
  }`;
}

/** Largest mean gross Sharpe ratio, in absolute value, that a null study of 40 markets may show. */
const MOST_MEAN_SHARPE = { ratio: 0.23, of: 40 };
const REJECTIONS = { count: 5, of: 40, chance: LEVEL }, FLAGGED = { count: 8, of: 40, chance: LEVEL };

/**
 * The thresholds of null markets: at most 5 of 40 rejections, a mean near 0, and the hindsight best flagged in 8 of 40;
 * on fewer markets the bounds that chance alone passes as seldom.
 */
export function nullChecks(outcomes: readonly MarketOutcome[]): ThresholdCheck[] {
  const champion = testNull(outcomes, "champion");
  const hindsight = testNull(outcomes, "hindsight");
  const markets = outcomes.length;
  const most = mostMarkets(markets, REJECTIONS), least = controlAtLeast(markets, FLAGGED);
  const widest = MOST_MEAN_SHARPE.ratio * Math.sqrt(Math.max(1, MOST_MEAN_SHARPE.of / markets)); // as its SE
  return [
    {
      rule: `champion's gross mean return told from 0 in at most ${asText(most, markets, REJECTIONS)}`,
      measured: `${champion.rejections} of ${markets}`,
      holds: champion.rejections <= most,
    },
    {
      rule: `champion's mean gross Sharpe ratio within +-${widest.toFixed(2)}`,
      measured: champion.meanGrossSharpe.toFixed(3),
      holds: Math.abs(champion.meanGrossSharpe) <= widest,
    },
    {
      rule: `hindsight best, the positive control, flagged in at least ${asText(least, markets, FLAGGED)}`,
      measured: `${hindsight.rejections} of ${markets}`,
      holds: least === null ? null : hindsight.rejections >= least,
    },
  ];
}
