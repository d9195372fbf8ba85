import { integer } from "../../../genome/gene.ts";
import { standardisedLabels } from "../labels.ts";
import { addPredictions, calibratedForecast } from "../models/around_floor.ts";
import { floorOf } from "../models/floor.ts";
import { recursivePredictions, WINDOW_BOUNDS } from "../models/recursive_predictions.ts";
import { requireTask } from "../task.ts";
import type { ForecastingMethod } from "./forecasting.ts";

/** Recursive least squares of what the floor leaves, at every row, with a window that adapts. */
export const recursive: ForecastingMethod = {
  summary:
    "Recursive least squares of what the floor leaves, at every row, which forgets faster where errors grow",
  genes: [integer("window", WINDOW_BOUNDS.least, WINDOW_BOUNDS.most)],
  start: { window: 1440 },
  warmUp: 360,
  refitEvery: 1,
  needs: [],
  source: "T. Fortescue, L. Kershenbaum, B. Ydstie, Automatica 17 (1981) 831",
  run: ({ task, calibrate }, genes) => {
    requireTask(task);
    const labels = standardisedLabels(task), floor = floorOf(task);
    const beyond = recursivePredictions(task, labels.clipped, floor, genes.window!);
    return calibratedForecast(task, labels, addPredictions(floor, beyond), null, calibrate);
  },
};
