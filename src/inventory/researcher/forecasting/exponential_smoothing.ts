import { log } from "../../../genome/gene.ts";
import { standardisedLabels, standardisedReturns } from "../labels.ts";
import { addPredictions, calibratedForecast } from "../models/around_floor.ts";
import { floorOf } from "../models/floor.ts";
import { hedge } from "../models/hedge.ts";
import { smoothedPredictions } from "../models/smoothed_predictions.ts";
import { REFIT_EVERY, requireNumber, requireTask } from "../task.ts";
import { type ForecastingMethod, memory } from "./forecasting.ts";

/** Half-life of the losses by which the floor with and without smoothing are weighed, rows. */
const LOSS_MEMORY = 720;

/** The floor, and the floor with damped Holt smoothing of each coin's price on top, weighed by past loss. */
export const exponentialSmoothing: ForecastingMethod = {
  summary:
    "Damped Holt smoothing of each coin's price on top of the floor, weighed against the floor by past loss",
  genes: [memory, log("rate", .1, 50)],
  start: { memory: 720, rate: 5 },
  warmUp: 360,
  refitEvery: REFIT_EVERY,
  needs: [],
  source: "E. Gardner, E. McKenzie, Management Science 31 (1985) 1237",
  run: ({ task, calibrate }, genes) => {
    requireTask(task);
    requireNumber(genes.memory!, 60, Infinity, "memory", true);
    const labels = standardisedLabels(task), floor = floorOf(task);
    const smoothed = smoothedPredictions(task, standardisedReturns(task), genes.memory!);
    const members = [floor, addPredictions(floor, smoothed)];
    const { mean } = hedge(task, members, labels, genes.rate!, LOSS_MEMORY);
    return calibratedForecast(task, labels, mean, null, calibrate);
  },
};
