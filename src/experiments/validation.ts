/**
 * Does learning find an edge that is there, and none where none is? Markets whose truth is known are the cells of a
 * grid (configs/experiments/validation); what follows are functions of their results alone.
 */
import { pairedTest } from "../stats/paired.ts";
import { mean } from "../stats/moments.ts";
import { twoSidedNormal } from "../stats/normal.ts";
import {
  controlAtLeast,
  errorsOver,
  FEWEST_FOR_CONTROL,
  leastMarkets,
  mostMarkets,
  type StatedBound,
} from "./market_bounds.ts";
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
 * ones; on fewer markets as often as chance alone does no more often than that. A mean that so few markets cannot tell
 * from 0 is no failure: there are too few to judge.
 */
export function plantedChecks(outcomes: readonly MarketOutcome[], rows: number): ThresholdCheck[] {
  const { wins, markets, difference, error } = compareStrategies(outcomes, "champion", "random");
  const asked = rows >= LONG_MARKET ? WINS.long : WINS.short;
  const least = leastMarkets(markets, asked);
  const errors = errorsOver(markets, ERRORS.errors, ERRORS.of), times = Number(errors.toFixed(2));
  const isAbove = difference - errors * error > 0;
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
      holds: isAbove || (markets < FEWEST_FOR_CONTROL ? null : false),
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
/** What one strategy of all may reach where chance alone lets one of six exceed five of 40. */
const ONE_MAY_REACH = { ...REJECTIONS, count: 6 };
/** Strategies whose gross Sharpe ratio less that of the field's mean must be nothing. */
export const NULL_STRATEGIES = [
  "champion",
  "committee",
  "mirrored",
  "fieldMirroredEqual",
  "fieldMirroredEqualOverSd",
] as const satisfies readonly StrategyName[];

/** Mean difference of two strategies' gross Sharpe ratios over markets. */
function grossDifference(
  outcomes: readonly MarketOutcome[],
  strategy: StrategyName,
  against: StrategyName,
): number {
  return mean(
    outcomes.map((one) => metricsOf(one, strategy).grossSharpe - metricsOf(one, against).grossSharpe),
  );
}

/**
 * The thresholds of null markets, gross of fees and slippage: means near 0 (the mean of the field, and each strategy
 * less it), each told from 0 in at most 5 of 40 but for one that may be in 6, and the hindsight best flagged in 8 of
 * 40; on fewer markets the bounds that chance alone passes as seldom.
 */
export function nullChecks(outcomes: readonly MarketOutcome[]): ThresholdCheck[] {
  const markets = outcomes.length;
  const widest = MOST_MEAN_SHARPE.ratio * Math.sqrt(Math.max(1, MOST_MEAN_SHARPE.of / markets)); // as its SE
  const near = (what: string, level: number): ThresholdCheck => ({
    rule: `${what}: mean gross Sharpe ratio within +-${widest.toFixed(2)}`,
    measured: level.toFixed(3),
    holds: Math.abs(level) <= widest,
  });
  const tested = ["random" as const, ...NULL_STRATEGIES].map((name) => testNull(outcomes, name));
  const most = mostMarkets(markets, REJECTIONS), reach = mostMarkets(markets, ONE_MAY_REACH);
  const above = tested.filter(({ rejections }) => rejections > most);
  const hindsight = testNull(outcomes, "hindsight"), least = controlAtLeast(markets, FLAGGED);
  return [
    near("mean of the field", testNull(outcomes, "random").meanGrossSharpe),
    ...NULL_STRATEGIES.map((name) =>
      near(`${name} less the mean of the field`, grossDifference(outcomes, name, "random"))
    ),
    {
      rule: `each told from 0 in at most ${
        asText(most, markets, REJECTIONS)
      }, but for one that may be in ${reach}`,
      measured: tested.map(({ strategy, rejections }) => `${strategy} ${rejections}`).join(", "),
      holds: above.length <= 1 && above.every(({ rejections }) => rejections <= reach),
    },
    {
      rule: `hindsight best, the positive control, flagged in at least ${asText(least, markets, FLAGGED)}`,
      measured: `${hindsight.rejections} of ${markets}`,
      holds: least === null ? null : hindsight.rejections >= least,
    },
  ];
}
