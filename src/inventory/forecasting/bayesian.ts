import { solveFactored } from "../../core/linear.ts";
import { normalInverse } from "../../stats/normal.ts";
import { studentInverse } from "../../stats/student.ts";
import { createRollingSample, LEAST_SPREAD } from "./calibration.ts";
import { createForecast, type Forecast } from "./forecast.ts";
import { standardisedLabels } from "./labels.ts";
import { factorPenalised, linearValue, type Moments, ridgePenalty, walkMoments } from "./moments.ts";
import { studentProbability } from "./normal_probability.ts";
import {
  decayOf,
  type ForecastTask,
  isRefit,
  MIN_ERRORS,
  MIN_ROWS,
  requireNumber,
  requireTask,
} from "./task.ts";

/** Settings of the Bayesian regression. */
export interface BayesianParams {
  /** Half-life of the power prior, rows, 180..2880. */
  readonly memory: number;
  /** Shape a_0 of the inverse gamma prior of the variance, 2..50; its rate a_0 - 1 makes the prior mean of the variance 1. */
  readonly priorShape: number;
}

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

/** The coverage whose empirical and nominal half-widths set the scale of the t quantiles. */
const SCALE_COVERAGE = 0.8;

/**
 * Bayesian regression of the standardised labels on (1, x): coins pooled, prior mean 0 with a precision
 * set by the shrinkage, past rows forgotten by a power prior, refitted every 42 rows. The predictive
 * distribution is Student's t. Its sd is multiplied by the root mean square, its quantiles by the ratio of
 * the 80 % half-widths, of the last `calibrationWindow` matured errors in its own units: returns have
 * fatter tails than the model, so one factor cannot serve both.
 */
export function bayesian(task: ForecastTask, params: BayesianParams): Forecast {
  requireTask(task);
  requireNumber(params.memory, 2, Infinity, "memory");
  requireNumber(params.priorShape, 2, Infinity, "priorShape");
  const { rows, width, levels, horizons } = task, size = width + 1;
  const labels = standardisedLabels(task), out = createForecast(task);
  const coins = task.returns.map((_, c) => c);
  const fits = horizons.map((h) => ({
    h,
    posterior: createPosterior(size),
    degrees: 2 * params.priorShape,
    scores: Float64Array.from(levels, normalInverse),
    middle: normalInverse((1 + SCALE_COVERAGE) / 2),
    fitted: false,
    errors: coins.map(() => createRollingSample(task.calibrationWindow)),
    means: coins.map(() => new Float64Array(rows)),
    scales: coins.map(() => new Float64Array(rows).fill(1)),
  }));
  const work = new Float64Array(size);

  function refit(j: number, moments: Moments): void {
    const fit = fits[j]!, a0 = params.priorShape;
    const precision = ridgePenalty(moments.weight, task.shrinkage);
    if (!updatePosterior(moments, j, precision, a0, a0 - 1, fit.h, fit.posterior)) return;
    fit.fitted = true;
    fit.degrees = 2 * fit.posterior.shape;
    levels.forEach((level, k) => fit.scores[k] = studentInverse(level, fit.degrees));
    fit.middle = studentInverse((1 + SCALE_COVERAGE) / 2, fit.degrees);
  }

  function forecastRow(j: number, t: number): void {
    const fit = fits[j]!, s = t - fit.h, root = Math.sqrt(fit.h);
    for (const c of coins) {
      const errors = fit.errors[c]!, x = task.design[c]!, { mean, sd, pUp, quantiles } = out.coins[c]!;
      if (s >= 0) errors.push(Math.abs(labels.clipped[j]![c]![s]! - fit.means[c]![s]!) / fit.scales[c]![s]!);
      const location = fit.fitted ? linearValue(fit.posterior.mean, x, t * width) : 0;
      const scale = fit.fitted ? predictiveScale(fit.posterior, x, t * width, fit.h, work) : 1;
      fit.means[c]![t] = location;
      fit.scales[c]![t] = scale;
      const ready = errors.size() >= Math.min(MIN_ERRORS, task.calibrationWindow);
      const wide = ready ? Math.max(LEAST_SPREAD, errors.quantile(SCALE_COVERAGE) / fit.middle) : 1;
      const size = ready ? Math.max(LEAST_SPREAD, Math.sqrt(errors.meanSquare())) : 1;
      const unit = task.sd[c]![t]! * root;
      mean[j]![t] = location * unit;
      sd[j]![t] = scale * size * unit;
      pUp[j]![t] = studentProbability(location / (scale * wide), fit.degrees);
      for (let k = 0; k < levels.length; k++) {
        quantiles[j]![t * levels.length + k] = (location + scale * wide * fit.scores[k]!) * unit;
      }
    }
  }

  walkMoments(task, coins, labels.clipped, decayOf(params.memory), (s, moments) => {
    for (let j = 0; j < horizons.length; j++) {
      if (s === 0) { for (let t = 0; t < Math.min(horizons[j]!, rows); t++) forecastRow(j, t); // no label yet
       }
      const t = s + horizons[j]!;
      if (t >= rows) continue;
      if (s + 1 >= MIN_ROWS && isRefit(task, t)) refit(j, moments);
      forecastRow(j, t);
    }
  });
  return out;
}
