import { integer, log } from "../../../genome/gene.ts";
import type { Calibrate } from "../calibration/calibration.ts";
import { assembleForecast, type Forecast } from "../forecast.ts";
import { standardisedLabels, standardisedReturns } from "../labels.ts";
import { hedge, type Predictions } from "../models/hedge.ts";
import { ridgePredictions } from "../models/ridge.ts";
import {
  decayOf,
  type ForecastTask,
  isRefit,
  MIN_ROWS,
  REFIT_EVERY,
  requireNumber,
  requireTask,
} from "../task.ts";
import { type ForecastingMethod, memory, required } from "./forecasting.ts";

/** Drift, two ridges and an autoregression, weighted by past loss; their spread widens the interval. */
export const ensemble: ForecastingMethod = {
  summary: "Drift, two ridges and an autoregression, weighted by past loss; their spread widens the interval",
  genes: [memory, integer("shortMemory", 90, 1440), log("rate", .1, 50)],
  start: { memory: 1440, shortMemory: 360, rate: 5 },
  warmUp: 360,
  refitEvery: REFIT_EVERY,
  needs: [],
  run: ({ task, calibrate }, genes) =>
    ensembleForecast(task, {
      memory: genes.memory!,
      shortMemory: genes.shortMemory!,
      drift: genes.shortMemory! / 2,
      rate: genes.rate!,
      lossMemory: 720,
    }, required(calibrate)),
};

/** Settings of the ensemble. Half-lives are rows. */
export interface EnsembleParams {
  /** Half-life of the pooled ridge and of the autoregression, 180..2880. */
  readonly memory: number;
  /** Half-life of each coin's own ridge, 90..1440. */
  readonly shortMemory: number;
  /** Half-life of the drift, 10..720. */
  readonly drift: number;
  /** Learning rate of the weights, 0..50. */
  readonly rate: number;
  /** Half-life of the members' losses, 90..2880. */
  readonly lossMemory: number;
}

/**
 * Four models, weighed by their discounted past losses: exponentially weighted drift, pooled ridge, a ridge
 * of each coin with a shorter memory, and an AR(2) of each coin. The predictive variance is that of past
 * errors, wider where the members disagree: relative width sqrt(1 + variance of the members).
 */
export function ensembleForecast(
  task: ForecastTask,
  params: EnsembleParams,
  calibrate: Calibrate,
): Forecast {
  requireTask(task);
  requireNumber(params.memory, 2, Infinity, "memory");
  requireNumber(params.shortMemory, 2, Infinity, "shortMemory");
  requireNumber(params.drift, 2, Infinity, "drift");
  requireNumber(params.rate, 0, Infinity, "rate");
  requireNumber(params.lossMemory, 2, Infinity, "lossMemory");
  const labels = standardisedLabels(task), returns = standardisedReturns(task);
  const coins = task.returns.map((_, c) => c);
  const own = coins.map((c) => ridgePredictions(task, [c], labels, params.shortMemory));
  const members = [
    driftPredictions(task, returns, params.drift),
    ridgePredictions(task, coins, labels, params.memory),
    task.horizons.map((_, j) => coins.map((c) => own[c]![j]![c]!)),
    autoregressivePredictions(task, returns, params.memory),
  ];
  const together = hedge(task, members, labels, params.rate, params.lossMemory);
  return assembleForecast(task, (coin, horizon) =>
    calibrate({
      task,
      coin,
      horizon,
      prediction: together.mean[horizon]![coin]!,
      spread: together.variance[horizon]![coin]!.map((variance) => Math.sqrt(1 + variance)),
      label: labels.clipped[horizon]![coin]!,
    }));
}

/** The exponentially weighted mean of standardised returns, shrunk, over h rows: mean times sqrt(h) in label units. */
function driftPredictions(
  task: ForecastTask,
  returns: readonly Float64Array[],
  halfLife: number,
): Predictions {
  const decay = decayOf(halfLife), keep = 1 - task.shrinkage;
  const drifts = returns.map((z) => {
    const out = new Float64Array(task.rows);
    let sum = 0, weight = 0;
    for (let t = 1; t < task.rows; t++) {
      sum = decay * sum + z[t]!;
      weight = decay * weight + 1;
      out[t] = t < MIN_ROWS ? 0 : keep * sum / weight;
    }
    return out;
  });
  return task.horizons.map((h) => drifts.map((drift) => drift.map((value) => value * Math.sqrt(h))));
}

/**
 * AR(2) around 0 of each coin's standardised returns, by the Yule-Walker equations over exponentially
 * forgotten autocovariances with a ridge, refitted every 42 rows and iterated over the horizon.
 */
function autoregressivePredictions(
  task: ForecastTask,
  returns: readonly Float64Array[],
  halfLife: number,
): Predictions {
  const decay = decayOf(halfLife),
    out = task.horizons.map(() => returns.map(() => new Float64Array(task.rows)));
  const longest = Math.max(...task.horizons),
    sums = [new Float64Array(longest + 1), new Float64Array(longest + 1)];
  returns.forEach((z, c) => {
    let c0 = 0, c1 = 0, c2 = 0, fitted = false;
    for (let t = 2; t < task.rows; t++) {
      c0 = decay * c0 + z[t]! * z[t]!;
      c1 = decay * c1 + z[t]! * z[t - 1]!;
      c2 = decay * c2 + z[t]! * z[t - 2]!;
      if (t >= MIN_ROWS && isRefit(task, t)) {
        const ridged = c0 / (1 - task.shrinkage), determinant = ridged * ridged - c1 * c1;
        fitted = determinant > 1e-12 * ridged * ridged;
        if (fitted) cumulate(c1 * (ridged - c2) / determinant, (ridged * c2 - c1 * c1) / determinant, sums);
      }
      if (!fitted) continue;
      for (let j = 0; j < task.horizons.length; j++) {
        const h = task.horizons[j]!;
        out[j]![c]![t] = (sums[0]![h]! * z[t]! + sums[1]![h]! * z[t - 1]!) / Math.sqrt(h);
      }
    }
  });
  return out;
}

/** Weights of z[t] and z[t-1] in the sum of an AR(2)'s next h forecasts, for every h up to the arrays' length. */
function cumulate(phi1: number, phi2: number, sums: readonly Float64Array[]): void {
  for (let lag = 0; lag < 2; lag++) {
    let newest = lag === 0 ? 1 : 0, older = 1 - newest, total = 0;
    for (let h = 1; h < sums[lag]!.length; h++) {
      const forecast = phi1 * newest + phi2 * older;
      older = newest;
      newest = forecast;
      total += forecast;
      sums[lag]![h] = total;
    }
  }
}
