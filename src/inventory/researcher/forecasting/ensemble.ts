import { integer, log } from "../../../genome/gene.ts";
import type { Calibrate } from "../calibration/calibration.ts";
import { assembleForecast, type Forecast } from "../forecast.ts";
import { type Labels, standardisedLabels, standardisedReturns } from "../labels.ts";
import { autoregressivePredictions, driftPredictions } from "../models/own_past.ts";
import { createPredictions, predictRows, ridgeAround, ridgeMemory, walkFloor } from "../models/floor.ts";
import { hedge, type Predictions } from "../models/hedge.ts";
import { kernelsOf } from "../models/kernels.ts";
import { walkMoments } from "../models/moments.ts";
import { decayOf, type ForecastTask, REFIT_EVERY, requireNumber, requireTask } from "../task.ts";
import { type ForecastingMethod, memory, required } from "./forecasting.ts";

/** Drift, two ridges and an autoregression on top of the floor, weighted by past loss; their spread widens the interval. */
export const ensemble: ForecastingMethod = {
  summary:
    "The floor, with a drift, two ridges and an autoregression on top, weighted by past loss; their spread widens the interval",
  genes: [memory, integer("shortMemory", 90, 1440), log("rate", .1, 50)],
  start: { memory: 1440, shortMemory: 360, rate: 5 },
  warmUp: 360,
  refitEvery: REFIT_EVERY,
  needs: [],
  source: "Y. Freund, R. Schapire, JCSS 55 (1997) 119",
  run: ({ task, calibrate }, genes) =>
    ensembleForecast(task, {
      memory: genes.memory!,
      shortMemory: genes.shortMemory!,
      drift: genes.shortMemory! / 2,
      rate: genes.rate!,
      lossMemory: 720,
    }, required(calibrate, "calibration")),
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
 * Five models, weighed by their discounted past losses: the floor, and the floor with what a model sees beyond it: an
 * exponentially weighted drift, a pooled ridge that forgets, a ridge of each coin with a shorter memory, and an
 * AR(2) of each coin. The distribution is wider where the members disagree: relative width sqrt(1 + variance of the members).
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
  const { horizons } = task, labels = standardisedLabels(task), returns = standardisedReturns(task);
  const { floor, pooled, own } = ridges(task, labels, params);
  const members = [
    floor,
    sum(floor, driftPredictions(task, returns, params.drift)),
    pooled,
    own,
    sum(floor, autoregressivePredictions(task, returns, params.memory)),
  ];
  const together = hedge(task, members, labels, params.rate, params.lossMemory);
  return assembleForecast(
    task,
    horizons.map((_, horizon) => {
      const centre = together.mean[horizon]!, label = labels.clipped[horizon]!;
      const spread = together.variance[horizon]!.map((series) => series.map((v) => Math.sqrt(1 + v)));
      const shape = calibrate({ task, horizon, centre, spread, label, shape: task.widths[horizon]! });
      return { centre, spread, shape };
    }),
  );
}

/** Predictions of the floor, of a forgetting pooled ridge around it, and of ridges of each coin around it. */
function ridges(task: ForecastTask, labels: Labels, { memory, shortMemory }: EnsembleParams) {
  const { horizons } = task, size = task.width + 1, kernels = kernelsOf(size, task.straightLine);
  const [floor, pooled, own] = [0, 1, 2].map(() => createPredictions(task)) as [
    Float64Array[][],
    Float64Array[][],
    Float64Array[][],
  ];
  const solved = ridgeMemory(size);
  const fitted = new Map<number, readonly Float64Array[]>(); // the floor's coefficients by row
  const walk = { horizons, decays: [decayOf(memory)] };
  walkFloor(task, labels.clipped, walk, ({ row, until, floor: base, own: [moments], ready }) => {
    if (ready[0]) fitted.set(row, base.map((coefficients) => coefficients.slice()));
    for (let j = 0; j < horizons.length; j++) {
      if (!ready[j]) continue;
      predictRows(task, base[j]!, row, until, floor[j]!, kernels);
      const b = ridgeAround(task, moments!, j, base[j]!, solved, kernels);
      predictRows(task, b, row, until, pooled[j]!, kernels);
    }
  });
  task.returns.forEach((_, coin) => {
    const alone = { ...task, design: [task.design[coin]!] };
    const single = { coins: [coin], horizons, labels: labels.clipped, decays: [decayOf(shortMemory)] };
    walkMoments(task, { ...single, every: REFIT_EVERY }, (row, [moments]) => {
      const base = fitted.get(row), until = Math.min(task.rows, row + REFIT_EVERY);
      if (!base) return;
      for (let j = 0; j < horizons.length; j++) {
        const b = ridgeAround(task, moments!, j, base[j]!, solved, kernels);
        predictRows(alone, b, row, until, [own[j]![coin]!], kernels);
      }
    });
  });
  return { floor, pooled, own };
}

/** Two predictions added, value by value. */
function sum(a: Predictions, b: Predictions): Predictions {
  return a.map((coins, j) =>
    coins.map((series, c) => {
      const out = new Float64Array(series.length), other = b[j]![c]!;
      for (let t = 0; t < out.length; t++) out[t] = series[t]! + other[t]!;
      return out;
    })
  );
}
