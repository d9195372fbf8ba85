import { integer, log } from "../../../genome/gene.ts";
import type { Calibrate } from "../calibration/calibration.ts";
import { assembleForecast, type Forecast } from "../forecast.ts";
import { standardisedLabels } from "../labels.ts";
import { createPredictions, predictRows, ridgeAround, ridgeMemory, walkFloor } from "../models/floor.ts";
import { hedge } from "../models/hedge.ts";
import { kernelsOf } from "../models/kernels.ts";
import { type ForecastTask, requireNumber, requireTask } from "../task.ts";
import { type ForecastingMethod, required } from "./forecasting.ts";

/** Recursive least squares under four forgetting factors, weighted by discounted loss. */
export const adaptive: ForecastingMethod = {
  summary:
    "The floor and four recursive least squares that forget at different speeds, weighted by past loss",
  genes: [log("rate", .1, 50), integer("lossMemory", 30, 1440)],
  start: { rate: 5, lossMemory: 360 },
  warmUp: 360,
  refitEvery: 6,
  needs: [],
  source: "L. Ljung, System Identification (1999), 11.2; Y. Freund, R. Schapire, JCSS 55 (1997) 119",
  run: ({ task, calibrate }, genes) =>
    adaptiveForecast(
      task,
      { rate: genes.rate!, lossMemory: genes.lossMemory! },
      required(calibrate, "calibration"),
    ),
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

/** Rows between two updates: a day. */
const UPDATE_EVERY = 6;

/**
 * Online learning with an adaptive window: recursive least squares in information form under four forgetting factors,
 * coins pooled, each drawn to the floor, updated once a day and combined with the floor by exponential weights on discounted
 * losses.
 */
export function adaptiveForecast(
  task: ForecastTask,
  params: AdaptiveParams,
  calibrate: Calibrate,
): Forecast {
  requireTask(task);
  requireNumber(params.rate, 0, Infinity, "rate");
  requireNumber(params.lossMemory, 2, Infinity, "lossMemory");
  const { horizons } = task, labels = standardisedLabels(task), size = task.width + 1;
  const kernels = kernelsOf(size, task.straightLine), memory = ridgeMemory(size);
  const members = [0, ...FORGETTING].map(() => createPredictions(task));
  walkFloor(
    task,
    labels.clipped,
    { horizons, decays: FORGETTING, every: UPDATE_EVERY },
    ({ row, until, floor, own, ready }) => {
      for (let j = 0; j < horizons.length; j++) {
        if (!ready[j]) continue;
        predictRows(task, floor[j]!, row, until, members[0]![j]!, kernels);
        own.forEach((moments, i) => {
          const b = ridgeAround(task, moments, j, floor[j]!, memory, kernels);
          predictRows(task, b, row, until, members[i + 1]![j]!, kernels);
        });
      }
    },
  );
  const together = hedge(task, members, labels, params.rate, params.lossMemory);
  return assembleForecast(
    task,
    horizons.map((_, horizon) => {
      const centre = together.mean[horizon]!, label = labels.clipped[horizon]!;
      const shape = calibrate({ task, horizon, centre, spread: null, label, shape: task.widths[horizon]! });
      return { centre, spread: null, shape };
    }),
  );
}
