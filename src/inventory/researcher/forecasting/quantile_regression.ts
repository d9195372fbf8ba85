import { normalPdf } from "../../../stats/normal.ts";
import { probabilityUp } from "../distribution/normal_probability.ts";
import { createRollingSample, LEAST_SPREAD, levelScores } from "../distribution/rolling_sample.ts";
import { createForecast, type Forecast, statedLevels } from "../forecast.ts";
import { standardisedLabels } from "../labels.ts";
import {
  appendRow,
  createSample,
  fitQuantile,
  prepareSample,
  type QuantileFit,
} from "../models/smoothed_quantile.ts";
import {
  type ForecastTask,
  isRefit,
  MIN_ERRORS,
  MIN_ROWS,
  REFIT_EVERY,
  requireNumber,
  requireTask,
} from "../task.ts";
import { type ForecastingMethod, memory } from "./forecasting.ts";

/** Linear quantile regression; the mean is read off its quantiles. */
export const quantileRegression: ForecastingMethod = {
  summary: "Linear quantile regression at every level; the mean is read off its quantiles",
  genes: [memory],
  start: { memory: 1440 },
  warmUp: 360,
  refitEvery: REFIT_EVERY,
  needs: [],
  run: ({ task }, genes) => quantileRegressionForecast(task, { memory: genes.memory! }),
};

/** Settings of the quantile regression. */
export interface QuantileRegressionParams {
  /** Rows of the rolling window, 180..2880. */
  readonly memory: number;
}

/**
 * Rows of the window that enter a fit, evenly spaced, which bounds its cost: labels of h rows overlap, so
 * every h-th tells nearly all.
 */
const MOST_ROWS = 360;

/** Evaluations of the loss per fit: many on the first, few from a warm start 42 rows later. */
const FIRST_PASSES = 40;
const LATER_PASSES = 3;

/** Levels whose interval is held to its nominal coverage; further out a short window cannot tell. */
const CENTRAL = [0.05, 0.95] as const;

/**
 * Linear quantile regression of the standardised labels on (1, x) at every level: coins pooled, over a
 * rolling window, refitted every 42 rows, non-crossing by sorting. The mean is that of the quantile
 * function, each quantile standing for the levels nearest to its own; its constant part is multiplied by
 * 1 - shrinkage like the slopes. Quantiles are stretched around the mean so that the widest interval
 * within 5..95 % covered its nominal share of the last `calibrationWindow` matured labels (conformalised
 * quantile regression with multiplicative scores); the sd is the root mean square of those errors.
 *
 * @see R. Koenker, Quantile Regression (2005); V. Chernozhukov, I. Fernandez-Val, A. Galichon, Econometrica 78 (2010)
 *   (sorting); Y. Romano, E. Patterson, E. Candes, NeurIPS 32 (2019).
 */
export function quantileRegressionForecast(
  task: ForecastTask,
  params: QuantileRegressionParams,
): Forecast {
  requireTask(task);
  requireNumber(params.memory, MIN_ROWS, Infinity, "memory", true);
  const labels = standardisedLabels(task), out = createForecast(task);
  for (let j = 0; j < task.horizons.length; j++) {
    forecastHorizon(task, params.memory, j, labels.clipped[j]!, out);
  }
  return out;
}

function forecastHorizon(
  task: ForecastTask,
  memory: number,
  horizon: number,
  labels: readonly Float64Array[],
  out: Forecast,
): void {
  const { rows, width, levels } = task, size = width + 1, count = levels.length;
  const h = task.horizons[horizon]!, coins = task.returns.length;
  const stride = Math.max(Math.min(h, Math.floor(memory / MIN_ROWS)), Math.ceil(memory / MOST_ROWS));
  const ridge = task.shrinkage / (1 - task.shrinkage);
  const scores = levelScores(levels), weights = levelWeights(levels), central = centralPair(levels);
  const fits = levels.map((level, k): QuantileFit => ({
    level,
    density: normalPdf(scores[k]!),
    coefficients: new Float64Array(size),
  }));
  fits.forEach((fit, k) => fit.coefficients[0] = scores[k]!);
  const sample = createSample((Math.ceil(memory / stride) + 1) * coins, size, task.straightLine),
    work = new Float64Array(size * size);
  const calibration = task.returns.map(() => createErrorMemory(task.calibrationWindow, rows));
  const row = new Float64Array(count),
    rowQuantiles = new Float64Array(count),
    stated = statedLevels(task) > 0;
  const coefficients = fits.map((fit) => fit.coefficients);
  let fitted = false, offset = 0;

  /** Refits at row t on the labels known by then: rows s <= t - h of the window. */
  function refit(t: number): void {
    sample.n = 0;
    const last = t - h, first = Math.max(0, last - memory + 1);
    for (let s = last; s >= first; s -= stride) { // backwards, so that the newest label always enters
      for (let c = 0; c < coins; c++) appendRow(sample, task.design[c]!, s * width, labels[c]![s]!);
    }
    if (!prepareSample(sample, ridge, work)) return;
    // The rate at which smoothing bias and noise balance (He et al. 2023, 4.1).
    const halfWidth = Math.max(0.05, Math.pow((size + Math.log(sample.n)) / sample.n, 0.4));
    for (const fit of fits) fitQuantile(sample, fit, ridge, halfWidth, fitted ? LATER_PASSES : FIRST_PASSES);
    fitted = true;
    offset = 0;
    for (let k = 0; k < count; k++) offset += task.shrinkage * weights[k]! * fits[k]!.coefficients[0]!;
  }

  for (let t = 0; t < rows; t++) {
    if (isRefit(task, t) && t - h + 1 >= MIN_ROWS) refit(t);
    for (let c = 0; c < coins; c++) {
      const { errors, scores: stretches, means, low, high } = calibration[c]!, s = t - h;
      if (s >= 0) {
        const error = labels[c]![s]! - means[s]!;
        errors.push(error);
        if (central) stretches.push(Math.max(0, error > 0 ? error / high[s]! : -error / low[s]!));
      }
      let mean = 0;
      if (fitted) {
        sample.kernels.products(coefficients, task.design[c]!, t * width, row);
        for (let k = 0; k < count; k++) row[k] = row[k]! - offset;
        sortShort(row);
        for (let k = 0; k < count; k++) mean += weights[k]! * row[k]!;
      } else row.set(scores);
      means[t] = mean;
      if (central) {
        low[t] = Math.max(LEAST_SPREAD, mean - row[central.low]!);
        high[t] = Math.max(LEAST_SPREAD, row[central.high]! - mean);
      }
      const ready = errors.size() >= Math.min(MIN_ERRORS, task.calibrationWindow);
      const spread = ready ? Math.max(LEAST_SPREAD, Math.sqrt(errors.meanSquare())) : 1;
      const stretch = ready && central ? Math.max(LEAST_SPREAD, stretches.quantile(central.coverage)) : 1;
      const unit = task.sd[c]![t]! * Math.sqrt(h),
        coin = out.coins[c]!,
        quantiles = stated ? coin.quantiles[horizon]! : rowQuantiles,
        at = stated ? t * count : 0;
      coin.mean[horizon]![t] = mean * unit;
      coin.sd[horizon]![t] = spread * unit;
      for (let k = 0; k < count; k++) quantiles[at + k] = (mean + stretch * (row[k]! - mean)) * unit;
      coin.pUp[horizon]![t] = probabilityUp(quantiles, at, scores, spread * unit);
    }
  }
}

/** What one coin's past predictions were: means, distances to the central quantiles, and the scores of those that matured. */
function createErrorMemory(window: number, rows: number) {
  return {
    errors: createRollingSample(window),
    scores: createRollingSample(window),
    means: new Float64Array(rows),
    low: new Float64Array(rows).fill(1),
    high: new Float64Array(rows).fill(1),
  };
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

/** Indices of the outermost levels within CENTRAL on both sides of the median, and what they cover. */
function centralPair(levels: readonly number[]) {
  const low = levels.findIndex((level) => level >= CENTRAL[0]);
  const high = levels.findLastIndex((level) => level <= CENTRAL[1]);
  if (low < 0 || high < 0 || !(levels[low]! < 0.5 && levels[high]! > 0.5)) return null;
  return { low, high, coverage: levels[high]! - levels[low]! };
}

/** Insertion sort in place; the handful of quantiles is nearly sorted already. */
function sortShort(values: Float64Array): void {
  for (let i = 1; i < values.length; i++) {
    const value = values[i]!;
    let k = i - 1;
    while (k >= 0 && values[k]! > value) {
      values[k + 1] = values[k]!;
      k--;
    }
    values[k + 1] = value;
  }
}
