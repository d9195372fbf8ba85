import { type Kernels, kernelsOf } from "./kernels.ts";
import type { Moments } from "./moments.ts";

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
  kernels: Kernels = kernelsOf(moments.size),
): boolean {
  const cross = moments.cross[horizon]!, { mean, factor } = posterior;
  if (!kernels.factor(moments.gram, new Float64Array(moments.size).fill(precision), factor)) return false;
  mean.set(cross);
  kernels.solve(factor, mean);
  let explained = 0;
  for (let i = 0; i < mean.length; i++) explained += mean[i]! * cross[i]!;
  posterior.shape = shape + moments.weight / (2 * overlap);
  posterior.rate = rate + Math.max(0, moments.squares[horizon]! - explained) / (2 * overlap);
  return true;
}

/**
 * Scale of the predictive Student t at (1, x) of each coin: sqrt(b/a (1 + overlap x' V x)), its degrees of freedom 2a.
 *
 * @param offset Where x stands in each coin's design.
 * @param out Shape [coin].
 */
export function predictiveScales(
  posterior: Posterior,
  design: readonly Float64Array[],
  offset: number,
  overlap: number,
  out: Float64Array,
  { norms }: Pick<Kernels, "norms"> = kernelsOf(posterior.mean.length),
): void {
  norms(posterior.factor, design, offset, out); // x' V x = |L^-1 x|^2
  for (let c = 0; c < out.length; c++) {
    out[c] = Math.sqrt(posterior.rate / posterior.shape * (1 + overlap * out[c]!));
  }
}
