import { linear } from "../../../genome/gene.ts";
import { normalInverse } from "../../../stats/normal.ts";
import { studentInverse } from "../../../stats/student.ts";
import { studentProbability } from "../distribution/normal_probability.ts";
import { createRollingSample, LEAST_SPREAD } from "../distribution/rolling_sample.ts";
import { createForecast, type Forecast, statedLevels } from "../forecast.ts";
import { standardisedLabels } from "../labels.ts";
import { kernelsOf } from "../models/kernels.ts";
import { type Moments, ridgePenalty, walkMoments } from "../models/moments.ts";
import { createPosterior, predictiveScales, updatePosterior } from "../models/posterior.ts";
import {
  decayOf,
  type ForecastTask,
  isRefit,
  MIN_ERRORS,
  MIN_ROWS,
  REFIT_EVERY,
  requireNumber,
  requireTask,
} from "../task.ts";
import { type ForecastingMethod, memory } from "./forecasting.ts";

/** Conjugate regression with a prior at zero; Student-t predictive distribution. */
export const bayesian: ForecastingMethod = {
  summary: "Conjugate regression with a prior at zero; Student-t predictive distribution",
  genes: [memory, linear("priorShape", 2, 50)],
  start: { memory: 2000, priorShape: 10 },
  warmUp: 360,
  refitEvery: REFIT_EVERY,
  needs: [],
  run: ({ task }, genes) => bayesianForecast(task, { memory: genes.memory!, priorShape: genes.priorShape! }),
};

/** Settings of the Bayesian regression. */
export interface BayesianParams {
  /** Half-life of the power prior, rows, 180..2880. */
  readonly memory: number;
  /** Shape a_0 of the inverse gamma prior of the variance, 2..50; its rate a_0 - 1 makes the prior mean of the variance 1. */
  readonly priorShape: number;
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
export function bayesianForecast(task: ForecastTask, params: BayesianParams): Forecast {
  requireTask(task);
  requireNumber(params.memory, 2, Infinity, "memory");
  requireNumber(params.priorShape, 2, Infinity, "priorShape");
  const { rows, width, levels, horizons } = task, size = width + 1, count = statedLevels(task);
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
  const kernels = kernelsOf(size, task.straightLine), rowScales = new Float64Array(coins.length).fill(1);

  function refit(j: number, moments: Moments): void {
    const fit = fits[j]!, a0 = params.priorShape;
    const precision = ridgePenalty(moments.weight, task.shrinkage);
    if (!updatePosterior(moments, j, precision, a0, a0 - 1, fit.h, fit.posterior, kernels)) return;
    fit.fitted = true;
    fit.degrees = 2 * fit.posterior.shape;
    levels.forEach((level, k) => fit.scores[k] = studentInverse(level, fit.degrees));
    fit.middle = studentInverse((1 + SCALE_COVERAGE) / 2, fit.degrees);
  }

  function forecastRow(j: number, t: number): void {
    const fit = fits[j]!, s = t - fit.h, root = Math.sqrt(fit.h);
    if (fit.fitted) kernels.predict(fit.posterior.mean, task.design, t * width, fit.means, t);
    if (fit.fitted) predictiveScales(fit.posterior, task.design, t * width, fit.h, rowScales, kernels);
    for (const c of coins) {
      const errors = fit.errors[c]!, { mean, sd, pUp, quantiles } = out.coins[c]!;
      if (s >= 0) errors.push(Math.abs(labels.clipped[j]![c]![s]! - fit.means[c]![s]!) / fit.scales[c]![s]!);
      const location = fit.fitted ? fit.means[c]![t]! : 0;
      const scale = fit.fitted ? rowScales[c]! : 1;
      fit.means[c]![t] = location;
      fit.scales[c]![t] = scale;
      const ready = errors.size() >= Math.min(MIN_ERRORS, task.calibrationWindow);
      const wide = ready ? Math.max(LEAST_SPREAD, errors.quantile(SCALE_COVERAGE) / fit.middle) : 1;
      const size = ready ? Math.max(LEAST_SPREAD, Math.sqrt(errors.meanSquare())) : 1;
      const unit = task.sd[c]![t]! * root;
      mean[j]![t] = location * unit;
      sd[j]![t] = scale * size * unit;
      pUp[j]![t] = studentProbability(location / (scale * wide), fit.degrees);
      for (let k = 0; k < count; k++) {
        quantiles[j]![t * count + k] = (location + scale * wide * fit.scores[k]!) * unit;
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
