import { sortedQuantile } from "./bootstrap.ts";
import { mean, shape, standardDeviation } from "./moments.ts";
import { normalInverse, normalPdf } from "./normal.ts";
import { requireCount, requireFinite, requireFraction } from "./require.ts";

/** A loss that is exceeded with a given probability, and the mean loss then. Fractions, positive is a loss. */
export interface TailLoss {
  /** Loss that is exceeded in the tail only, a fraction. */
  readonly valueAtRisk: number;
  /** Mean loss in the tail, a fraction. */
  readonly expectedShortfall: number;
}

/**
 * Historical tail loss: of n returns the k = ceil(tail n) worst, value at risk the mildest of them and
 * expected shortfall their mean.
 *
 * @param tail Probability of the tail, in (0, 1).
 * @throws {RangeError} If a return is not finite: sorting would put a NaN among the best.
 */
export function historicalTail(returns: ArrayLike<number>, tail: number): TailLoss {
  requireFraction(tail, "the probability of a tail");
  requireCount(returns, 1, "a tail loss");
  requireFinite(returns, "a tail loss");
  const sorted = Float64Array.from(returns).sort();
  const worst = sorted.subarray(0, Math.ceil(tail * sorted.length - 1e-9)); // .07 * 100 is 7.000000000000001
  return { valueAtRisk: 0 - worst.at(-1)!, expectedShortfall: 0 - mean(worst) };
}

/** Value at risk as the interpolated quantile of the returns (type 7), as numpy and pandas have it by default. */
export function quantileValueAtRisk(returns: ArrayLike<number>, tail: number): number {
  requireFraction(tail, "the probability of a tail");
  requireCount(returns, 1, "a tail loss");
  requireFinite(returns, "a tail loss");
  return 0 - sortedQuantile(Float64Array.from(returns).sort(), tail);
}

/** Tail loss if returns were normal: -(mu + sd z) and -(mu - sd phi(z) / tail). */
export function gaussianTail(returns: ArrayLike<number>, tail: number): TailLoss {
  requireFraction(tail, "the probability of a tail");
  const centre = mean(returns), sd = standardDeviation(returns);
  const z = normalInverse(tail);
  return { valueAtRisk: -(centre + sd * z), expectedShortfall: -(centre - (sd * normalPdf(z)) / tail) };
}

/**
 * Tail loss with the normal quantile moved for skewness and kurtosis; the expected shortfall is the mean of the moved
 * quantiles over the tail. An expansion for shapes not far from the normal one: with a large skewness the
 * moved quantile need not rise with the level.
 *
 * @see R. A. Cornish, E. A. Fisher, Revue de l'Institut International de Statistique 5 (1938) 307; D. Maillard, A
 *   user's guide to the Cornish Fisher expansion (2012), for its range and the shortfall.
 */
export function cornishFisherTail(returns: ArrayLike<number>, tail: number): TailLoss {
  requireFraction(tail, "the probability of a tail");
  const { skew, kurtosis } = shape(returns);
  const centre = mean(returns), sd = standardDeviation(returns), excess = kurtosis - 3;
  const z = normalInverse(tail);
  const beyond = -normalPdf(z) / tail *
    (1 + (z * skew) / 6 + ((z * z - 1) * excess) / 24 - ((2 * z * z - 1) * skew * skew) / 36);
  return {
    valueAtRisk: -(centre + sd * cornishFisherQuantile(z, skew, excess)),
    expectedShortfall: -(centre + sd * beyond),
  };
}

/** A normal quantile z moved for skewness and excess kurtosis. */
export function cornishFisherQuantile(z: number, skew: number, excess: number): number {
  return z + ((z * z - 1) * skew) / 6 + ((z ** 3 - 3 * z) * excess) / 24 -
    ((2 * z ** 3 - 5 * z) * skew * skew) / 36;
}
