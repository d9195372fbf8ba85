import { standardisedLabels, standardisedReturns } from "../labels.ts";
import { calibratedForecast } from "../models/around_floor.ts";
import { floorOf } from "../models/floor.ts";
import { autoregressivePredictions, driftPredictions } from "../models/own_past.ts";
import { recursivePredictions } from "../models/recursive_predictions.ts";
import { smoothedPredictions } from "../models/smoothed_predictions.ts";
import { stack } from "../models/stack.ts";
import { REFIT_EVERY, requireNumber, requireTask } from "../task.ts";
import { type ForecastingMethod, memory } from "./forecasting.ts";

/** The floor, a drift, an autoregression, smoothing and recursive least squares, stacked. */
export const stacking: ForecastingMethod = {
  summary:
    "The floor, a drift, an autoregression, smoothing and recursive least squares, stacked with weights >= 0",
  genes: [memory],
  start: { memory: 1440 },
  warmUp: 360,
  refitEvery: REFIT_EVERY,
  needs: [],
  source: "D. Wolpert, Neural Networks 5 (1992) 241; L. Breiman, Machine Learning 24 (1996) 49",
  run: ({ task, calibrate }, genes) => {
    requireTask(task);
    requireNumber(genes.memory!, 60, Infinity, "memory", true);
    const labels = standardisedLabels(task), returns = standardisedReturns(task), length = genes.memory!;
    const floor = floorOf(task);
    const members = [
      floor,
      driftPredictions(task, returns, length / 4),
      autoregressivePredictions(task, returns, length),
      smoothedPredictions(task, returns, length),
      recursivePredictions(task, labels.clipped, floor, length),
    ];
    return calibratedForecast(task, labels, stack(task, members, labels.clipped, length), null, calibrate);
  },
};
