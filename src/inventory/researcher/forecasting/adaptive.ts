import { integer, log } from "../../../genome/gene.ts";
import type { Calibrate } from "../calibration/calibration.ts";
import { assembleForecast, type Forecast } from "../forecast.ts";
import { standardisedLabels } from "../labels.ts";
import { hedge } from "../models/hedge.ts";
import { recursivePredictions } from "../models/recursive.ts";
import { type ForecastTask, requireNumber, requireTask } from "../task.ts";
import { type ForecastingMethod, required } from "./forecasting.ts";

/** Recursive least squares under four forgetting factors, weighted by discounted loss. */
export const adaptive: ForecastingMethod = {
  summary: "Recursive least squares under four forgetting factors, weighted by discounted loss",
  genes: [log("rate", .1, 50), integer("lossMemory", 30, 1440)],
  start: { rate: 5, lossMemory: 360 },
  warmUp: 360,
  refitEvery: 1,
  needs: [],
  run: ({ task, calibrate }, genes) =>
    adaptiveForecast(task, { rate: genes.rate!, lossMemory: genes.lossMemory! }, required(calibrate)),
};

/** Settings of the adaptive method. */
export interface AdaptiveParams {
  /** Learning rate of the weights, 0..50. */
  readonly rate: number;
  /** Half-life of the models' losses, rows, 30..1440. */
  readonly lossMemory: number;
}

/** Forgetting factors per row; they remember 50, 200, 500 and 2000 rows. */
export const FORGETTING = [0.98, 0.995, 0.998, 0.9995] as const;

/**
 * Online learning with an adaptive window: recursive least squares under four forgetting factors, coins
 * pooled, coefficients renewed at every row, combined by exponential weights on their discounted losses.
 */
export function adaptiveForecast(
  task: ForecastTask,
  params: AdaptiveParams,
  calibrate: Calibrate,
): Forecast {
  requireTask(task);
  requireNumber(params.rate, 0, Infinity, "rate");
  requireNumber(params.lossMemory, 2, Infinity, "lossMemory");
  const labels = standardisedLabels(task);
  const members = FORGETTING.map((factor) => recursivePredictions(task, labels, factor));
  const together = hedge(task, members, labels, params.rate, params.lossMemory);
  const flat = new Float64Array(task.rows).fill(1);
  return assembleForecast(task, (coin, horizon) =>
    calibrate({
      task,
      coin,
      horizon,
      prediction: together.mean[horizon]![coin]!,
      spread: flat,
      label: labels.clipped[horizon]![coin]!,
    }));
}
