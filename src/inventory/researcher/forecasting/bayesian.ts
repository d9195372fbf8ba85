import { linear } from "../../../genome/gene.ts";
import { errorShape } from "../calibration/rolling_errors.ts";
import { assembleForecast, type Forecast } from "../forecast.ts";
import { standardisedLabels } from "../labels.ts";
import { createPredictions, ownPenalty, predictRows, walkFloor } from "../models/floor.ts";
import { kernelsOf } from "../models/kernels.ts";
import { createPosterior, predictiveScales, studentShape, updatePosterior } from "../models/posterior.ts";
import { decayOf, type ForecastTask, REFIT_EVERY, requireNumber, requireTask } from "../task.ts";
import { type ForecastingMethod, memory } from "./forecasting.ts";
import { copyShape, stretchOf } from "../distribution/shape.ts";

/** Conjugate regression around the floor; Student-t predictive distribution. */
export const bayesian: ForecastingMethod = {
  summary: "Conjugate regression with its prior at the floor; Student-t predictive distribution",
  genes: [memory, linear("priorShape", 2, 50)],
  start: { memory: 2000, priorShape: 10 },
  warmUp: 360,
  refitEvery: REFIT_EVERY,
  needs: [],
  source: "A. Gelman et al., Bayesian Data Analysis (2013), 14.2",
  run: ({ task }, genes) => bayesianForecast(task, { memory: genes.memory!, priorShape: genes.priorShape! }),
};

/** Settings of the Bayesian regression. */
export interface BayesianParams {
  /** Half-life of the power prior, rows, 180..2880. */
  readonly memory: number;
  /** Shape a_0 of the inverse gamma prior of the variance, 2..50; its rate a_0 - 1 makes the prior mean of the variance that of the shared width. */
  readonly priorShape: number;
}

/**
 * Bayesian regression of the standardised labels on (1, x): coins pooled, prior mean the floor's coefficients with a
 * precision set by the shrinkage, past rows forgotten by a power prior, refitted every 42 rows. Labels are evidence by
 * the number of independent ones: rows over h, coins of one row together as one, for they move together. The
 * predictive distribution is Student's t in the shape of the shared width: its half-widths times the ratio of the t's quantiles to the
 * normal's. It is drawn to past errors as in `errorShape`.
 */
export function bayesianForecast(task: ForecastTask, params: BayesianParams): Forecast {
  requireTask(task);
  requireNumber(params.memory, 2, Infinity, "memory");
  requireNumber(params.priorShape, 2, Infinity, "priorShape");
  const { horizons, width, firstRow } = task, size = width + 1, labels = standardisedLabels(task);
  const kernels = kernelsOf(size, task.straightLine), posterior = createPosterior(size);
  const centres = createPredictions(task), spreads = createPredictions(task);
  const shapes = task.widths.map(copyShape), scales = new Float64Array(task.returns.length);
  for (const coins of spreads) for (const spread of coins) spread.fill(1);
  const walk = { horizons, decays: [decayOf(params.memory)] };
  walkFloor(task, labels.clipped, walk, ({ row, until, floor, own, ready }) => {
    for (let j = 0; j < horizons.length; j++) {
      if (!ready[j]) continue;
      const h = horizons[j]!, moments = own[0]!, overlap = h * task.returns.length;
      const penalty = ownPenalty(task, moments.weight, h), stretch = stretchOf(firstRow, row);
      const variance = task.widths[j]!.sd[stretch]! ** 2, prior = { mean: floor[j]!, precision: penalty };
      if (!updatePosterior(moments, j, prior, params.priorShape, variance, overlap, posterior, kernels)) {
        continue;
      }
      studentShape(posterior, variance, shapes[j]!, stretch);
      predictRows(task, posterior.mean, row, until, centres[j]!, kernels);
      for (let t = row; t < until; t++) {
        predictiveScales(posterior, task.design, t * width, overlap, scales, kernels);
        for (let c = 0; c < scales.length; c++) spreads[j]![c]![t] = scales[c]!;
      }
    }
  });
  return assembleForecast(
    task,
    horizons.map((_, horizon) => {
      const centre = centres[horizon]!, spread = spreads[horizon]!, label = labels.clipped[horizon]!;
      const shape = errorShape({ task, horizon, centre, spread, label, shape: shapes[horizon]! });
      return { centre, spread, shape };
    }),
  );
}
