import { mean, shape, standardDeviation } from "./moments.ts";
import { normalInverse, normalPdf } from "./normal.ts";
import { requireCount, requireFraction } from "./require.ts";

/** A loss that is exceeded with a given probability, and the mean loss then. Fractions, positive is a loss. */
export interface TailLoss {
  readonly valueAtRisk: number;
  readonly expectedShortfall: number;
}

/**
 * Historical tail loss: of n returns the k = ceil(tail n) worst, value at risk the mildest of them and
 * expected shortfall their mean.
 *
 * @param tail Probability of the tail, in (0, 1).
 */
export function historicalTail(returns: ArrayLike<number>, tail: number): TailLoss {
  requireFraction(tail, "the probability of a tail");
  requireCount(returns, 1, "a tail loss");
  const sorted = Float64Array.from(returns).sort();
  const worst = sorted.subarray(0, Math.ceil(tail * sorted.length - 1e-9)); // .07 * 100 is 7.000000000000001
  return { valueAtRisk: 0 - worst.at(-1)!, expectedShortfall: 0 - mean(worst) };
}

/** Tail loss if returns were normal: -(mu + sd z) and -(mu - sd phi(z) / tail). */
export function gaussianTail(returns: ArrayLike<number>, tail: number): TailLoss {
  requireFraction(tail, "the probability of a tail");
  const centre = mean(returns), sd = standardDeviation(returns);
  const z = normalInverse(tail);
  return { valueAtRisk: -(centre + sd * z), expectedShortfall: -(centre - (sd * normalPdf(z)) / tail) };
}

/**
 * Value at risk with the normal quantile corrected for skewness and kurtosis (Cornish-Fisher).
 *
 * @see R. A. Cornish, E. A. Fisher, Revue de l'Institut International de Statistique 5 (1938) 307.
 */
export function cornishFisherValueAtRisk(returns: ArrayLike<number>, tail: number): number {
  requireFraction(tail, "the probability of a tail");
  const { skew, kurtosis } = shape(returns);
  const z = cornishFisherQuantile(normalInverse(tail), skew, kurtosis - 3);
  return -(mean(returns) + standardDeviation(returns) * z);
}

/** A normal quantile z moved for skewness and excess kurtosis. */
export function cornishFisherQuantile(z: number, skew: number, excess: number): number {
  return z + ((z * z - 1) * skew) / 6 + ((z ** 3 - 3 * z) * excess) / 24 -
    ((2 * z ** 3 - 5 * z) * skew * skew) / 36;
}
