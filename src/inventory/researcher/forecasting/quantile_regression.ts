import { errorShape } from "../calibration/rolling_errors.ts";
import { assembleForecast, type Forecast } from "../forecast.ts";
import { standardisedLabels } from "../labels.ts";
import { createPredictions, ownPenalty, predictRows, walkFloor } from "../models/floor.ts";
import { kernelsOf } from "../models/kernels.ts";
import { addQuantileRow, createQuantileFits, stepQuantiles } from "../models/recursive_quantile.ts";
import { decayOf, type ForecastTask, REFIT_EVERY, requireNumber, requireTask } from "../task.ts";
import { type ForecastingMethod, memory } from "./forecasting.ts";

/** Linear quantile regression; mean and width are read off its quantiles. */
export const quantileRegression: ForecastingMethod = {
  summary:
    "Linear quantile regression at seven levels around the floor; mean and width are read off its quantiles",
  genes: [memory],
  start: { memory: 1440 },
  warmUp: 360,
  refitEvery: REFIT_EVERY,
  needs: [],
  source: "R. Koenker, Quantile Regression (2005)",
  run: ({ task }, genes) => quantileRegressionForecast(task, { memory: genes.memory! }),
};

/** Settings of the quantile regression. */
export interface QuantileRegressionParams {
  /** Half-life of past rows, 180..2880. */
  readonly memory: number;
}

/** Levels within which the distance of the outermost two tells the width; further out there is little to tell by. */
const CENTRAL = [.05, .95] as const;

/** Bounds on the relative width that regressors may tell. */
const SPREAD = { least: .5, most: 2 } as const;

/**
 * Linear quantile regression of what the floor leaves of the standardised labels on (1, x) at the stated levels: coins
 * pooled, past rows forgotten, one Newton step every 42 rows. The mean is the floor and the mean of the quantile function,
 * each quantile standing for the levels nearest to its own; its constant part is multiplied by 1 - shrinkage like the
 * slopes. The width is the shared one, as much wider or narrower as the outermost quantiles within 5 and 95 % at x are apart
 * compared with x = 0, drawn to past errors as in `errorShape`.
 *
 * @see R. Koenker, Quantile Regression (2005).
 */
export function quantileRegressionForecast(
  task: ForecastTask,
  params: QuantileRegressionParams,
): Forecast {
  requireTask(task);
  requireNumber(params.memory, 2, Infinity, "memory");
  const { horizons, width, levels } = task, size = width + 1, labels = standardisedLabels(task).clipped;
  const kernels = kernelsOf(size, task.straightLine), weights = levelWeights(levels);
  const floors = createPredictions(task),
    centres = createPredictions(task),
    spreads = createPredictions(task);
  for (const coins of spreads) for (const spread of coins) spread.fill(1);
  const fits = horizons.map(() => createQuantileFits(levels, size));
  const coefficients = fits.map((own) => own.map((fit) => fit.coefficients));
  const said = new Float64Array(levels.length), penalty = new Float64Array(size);
  const factor = new Float64Array(size * size), mean = new Float64Array(size), range = new Float64Array(size);
  const lowest = Math.max(0, levels.findIndex((level) => level >= CENTRAL[0]));
  const highest = Math.max(0, levels.findLastIndex((level) => level <= CENTRAL[1]));
  const decay = decayOf(params.memory), keep = Math.pow(decay, REFIT_EVERY);
  const taken = horizons.map(() => 0); // labels of rows before it are in the fit
  walkFloor(task, labels, { horizons, decays: [decay] }, ({ row, until, floor, own: [moments], ready }) => {
    for (let j = 0; j < horizons.length; j++) {
      const known = Math.max(0, row - horizons[j]! + 1);
      for (let c = 0; c < task.returns.length; c++) {
        const x = task.design[c]!, y = labels[j]![c]!, base = floors[j]![c]!;
        for (let s = taken[j]!; s < known; s++) {
          addQuantileRow(fits[j]!, coefficients[j]!, x, s * width, y[s]! - base[s]!, said, kernels);
        }
      }
      taken[j] = known;
      if (!ready[j]) continue;
      penalty.fill(ownPenalty(task, moments!.weight, horizons[j]!));
      const ridge = penalty[1] ?? 0;
      penalty[0] = 0;
      if (kernels.factor(moments!.gram, penalty, factor)) {
        stepQuantiles(fits[j]!, factor, ridge, keep, kernels);
      }
      mean.fill(0);
      fits[j]!.forEach((fit, k) => {
        for (let i = 0; i < size; i++) mean[i] = mean[i]! + weights[k]! * fit.coefficients[i]!;
      });
      mean[0] = (1 - task.shrinkage) * mean[0]!;
      for (let i = 0; i < size; i++) mean[i] = mean[i]! + floor[j]![i]!;
      const low = fits[j]![lowest]!.coefficients,
        high = fits[j]![highest]!.coefficients,
        apart = high[0]! - low[0]!;
      for (let i = 0; i < size; i++) range[i] = apart > 0 ? (high[i]! - low[i]!) / apart : i === 0 ? 1 : 0;
      predictRows(task, floor[j]!, row, until, floors[j]!, kernels);
      predictRows(task, mean, row, until, centres[j]!, kernels);
      predictRows(task, range, row, until, spreads[j]!, kernels);
      for (const spread of spreads[j]!) {
        for (let t = row; t < until; t++) {
          spread[t] = Math.max(SPREAD.least, Math.min(SPREAD.most, spread[t]!));
        }
      }
    }
  });
  return assembleForecast(
    task,
    horizons.map((_, horizon) => {
      const centre = centres[horizon]!, spread = spreads[horizon]!, label = labels[horizon]!;
      const shape = errorShape({ task, horizon, centre, spread, label, shape: task.widths[horizon]! });
      return { centre, spread, shape };
    }),
  );
}

/** The share of (0, 1) nearest to each level, by which its quantile counts in the mean; the shares sum to 1. */
export function levelWeights(levels: readonly number[]): Float64Array {
  const last = levels.length - 1;
  return Float64Array.from(levels, (level, k) => {
    const from = k === 0 ? 0 : (levels[k - 1]! + level) / 2;
    const to = k === last ? 1 : (level + levels[k + 1]!) / 2;
    return to - from;
  });
}
