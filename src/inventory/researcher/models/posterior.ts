import { solveFactored } from "../../../core/linear.ts";
import { factorPenalised, type Moments } from "./moments.ts";

/** Posterior of a normal-inverse-gamma regression. */
export interface Posterior {
  /** Posterior mean of the coefficients, [size]. */
  readonly mean: Float64Array;
  /** Lower Cholesky factor of the posterior precision (in units of 1 / variance), row-major [size][size]. */
  readonly factor: Float64Array;
  /** Shape and rate of the inverse gamma posterior of the variance. */
  shape: number;
  rate: number;
}

/** A posterior to be filled by `updatePosterior`. */
export function createPosterior(size: number): Posterior {
  return { mean: new Float64Array(size), factor: new Float64Array(size * size), shape: NaN, rate: NaN };
}

/**
 * Normal-inverse-gamma posterior of a regression with prior mean 0 and prior precision `precision` I:
 * V_n = (precision I + X'X)^-1, m_n = V_n X'y, a_n = a_0 + n/2, b_n = b_0 + (y'y - m_n' X'y) / 2.
 *
 * @param moments X'X, X'y, y'y and n of one horizon, possibly weighted.
 * @param overlap What every label is divided by in information: n labels of h overlapping rows tell as much
 *   as n / h separate ones, so their likelihood is raised to the power 1 / h. The mean does not feel it.
 * @returns False, with the posterior spoilt, if the precision is not positive definite.
 * @see A. Gelman et al., Bayesian Data Analysis, 3rd ed., 14.2; J. Ibrahim, M.-H. Chen, Statistical Science 15 (2000) (power prior).
 */
export function updatePosterior(
  moments: Moments,
  horizon: number,
  precision: number,
  shape: number,
  rate: number,
  overlap: number,
  posterior: Posterior,
): boolean {
  const cross = moments.cross[horizon]!, { mean, factor } = posterior;
  if (!factorPenalised(moments.gram, new Float64Array(moments.size).fill(precision), factor)) return false;
  mean.set(cross);
  solveFactored(factor, mean);
  let explained = 0;
  for (let i = 0; i < mean.length; i++) explained += mean[i]! * cross[i]!;
  posterior.shape = shape + moments.weight / (2 * overlap);
  posterior.rate = rate + Math.max(0, moments.squares[horizon]! - explained) / (2 * overlap);
  return true;
}

/**
 * Scale of the predictive Student t at (1, x): sqrt(b/a (1 + overlap x' V x)), its degrees of freedom 2a.
 *
 * @param work Scratch of shape [size].
 */
export function predictiveScale(
  posterior: Posterior,
  x: Float64Array,
  offset: number,
  overlap: number,
  work: Float64Array,
): number {
  const { factor } = posterior, size = work.length;
  let square = 0; // x' V x = |L^-1 x|^2 by forward substitution
  for (let i = 0; i < size; i++) {
    let sum = i === 0 ? 1 : x[offset + i - 1]!;
    for (let k = 0; k < i; k++) sum -= factor[i * size + k]! * work[k]!;
    const value = sum / factor[i * size + i]!;
    work[i] = value;
    square += value * value;
  }
  return Math.sqrt(posterior.rate / posterior.shape * (1 + overlap * square));
}
