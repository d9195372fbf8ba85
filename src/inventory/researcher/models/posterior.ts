import { studentInverse } from "../../../stats/student.ts";
import { COVERAGES, NORMAL_HALF_WIDTHS } from "../distribution/levels.ts";
import { type Shape, SHAPE_WIDTH } from "../distribution/shape.ts";
import { type Kernels, kernelsOf } from "./kernels.ts";
import { type Moments, solveRidge } from "./moments.ts";

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

/** What is believed of the coefficients before the sample: their mean, and a precision times the identity. */
export interface CoefficientPrior {
  readonly mean: Float64Array;
  readonly precision: number;
}

/** A posterior to be filled by `updatePosterior`. */
export function createPosterior(size: number): Posterior {
  return { mean: new Float64Array(size), factor: new Float64Array(size * size), shape: NaN, rate: NaN };
}

/**
 * Normal-inverse-gamma posterior of a regression with prior mean m_0 and prior precision `precision` I:
 * V_n = (precision I + X'X)^-1, m_n = m_0 + V_n X'(y - X m_0), a_n = a_0 + n/2,
 * b_n = b_0 + ((y - X m_0)'(y - X m_0) - (m_n - m_0)' X'(y - X m_0)) / 2.
 *
 * @param moments X'X, X'y, y'y and n of one horizon, possibly weighted.
 * @param shape a_0, > 1; the prior rate is (a_0 - 1) times `variance`, so that `variance` is its prior mean.
 * @param overlap What every label is divided by in information: n labels of h overlapping rows of k coins that move
 *   together tell as much as n / (h k) separate ones, so their likelihood is raised to that power. The mean does not feel it.
 * @returns False, with the posterior spoilt, if the precision is not positive definite.
 * @see A. Gelman et al., Bayesian Data Analysis, 3rd ed., 14.2; J. Ibrahim, M.-H. Chen, Statistical Science 15 (2000) (power prior).
 */
export function updatePosterior(
  moments: Moments,
  horizon: number,
  prior: CoefficientPrior,
  shape: number,
  variance: number,
  overlap: number,
  posterior: Posterior,
  kernels: Kernels = kernelsOf(moments.size),
): boolean {
  const { size, weight, matured } = moments, { mean, factor } = posterior;
  const penalty = new Float64Array(size).fill(prior.precision), { mean: centre } = prior;
  if (!solveRidge(moments, horizon, penalty, centre, mean, factor, kernels)) return false;
  const scale = weight / matured[horizon]!, cross = moments.cross[horizon]!, { gram } = moments;
  let unexplained = scale * moments.squares[horizon]!;
  for (let i = 0; i < size; i++) {
    let fitted = 0;
    for (let k = 0; k < size; k++) fitted += gram[i >= k ? i * size + k : k * size + i]! * centre[k]!;
    unexplained -= centre[i]! * (2 * scale * cross[i]! - fitted) + mean[i]! * (scale * cross[i]! - fitted);
    mean[i] = mean[i]! + centre[i]!;
  }
  posterior.shape = shape + weight / (2 * overlap);
  posterior.rate = (shape - 1) * variance + Math.max(0, unexplained) / (2 * overlap);
  return true;
}

/**
 * By what not knowing the coefficients widens the predictive distribution at (1, x) of each coin: sqrt(1 + overlap x' V x).
 *
 * @param offset Where x stands in each coin's design.
 * @param out Shape [coin].
 */
export function predictiveScales(
  { factor, mean }: Posterior,
  design: readonly Float64Array[],
  offset: number,
  overlap: number,
  out: Float64Array,
  { norms }: Pick<Kernels, "norms"> = kernelsOf(mean.length),
): void {
  norms(factor, design, offset, out); // x' V x = |L^-1 x|^2
  for (let c = 0; c < out.length; c++) out[c] = Math.sqrt(1 + overlap * out[c]!);
}

/**
 * Gives a stretch of a shape, whose variance is `variance`, the posterior's variance and Student's tails: half-widths
 * times the ratio of the quantiles of t with 2 a_n degrees of freedom, scale sqrt(b_n / a_n), to those of the normal.
 */
export function studentShape(posterior: Posterior, variance: number, out: Shape, stretch: number): void {
  const { shape, rate } = posterior, scale = Math.sqrt(rate / shape / variance);
  out.sd[stretch] = out.sd[stretch]! * Math.sqrt(rate / (shape - 1) / variance);
  for (let k = 0; k < SHAPE_WIDTH; k++) {
    const ratio = studentInverse((1 + COVERAGES[k]!) / 2, 2 * shape) / NORMAL_HALF_WIDTHS[k]!;
    out.halfWidths[stretch * SHAPE_WIDTH + k]! *= scale * ratio;
  }
}
