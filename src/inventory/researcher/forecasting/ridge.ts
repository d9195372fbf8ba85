import { standardisedLabels } from "../labels.ts";
import { calibratedForecast } from "../models/around_floor.ts";
import { createPredictions, predictRows, ridgeAround, ridgeMemory, walkFloor } from "../models/floor.ts";
import { kernelsOf } from "../models/kernels.ts";
import { decayOf, REFIT_EVERY, requireNumber, requireTask } from "../task.ts";
import { type ForecastingMethod, memory } from "./forecasting.ts";

/** One ridge regression that forgets, drawn to the floor. */
export const ridge: ForecastingMethod = {
  summary: "A ridge regression on the analyst's features that forgets, coins together, drawn to the floor",
  genes: [memory],
  start: { memory: 1440 },
  warmUp: 360,
  refitEvery: REFIT_EVERY,
  needs: [],
  source: "A. Hoerl, R. Kennard, Technometrics 12 (1970) 55",
  run: ({ task, calibrate }, genes) => {
    requireTask(task);
    requireNumber(genes.memory!, 2, Infinity, "memory");
    const { horizons } = task, labels = standardisedLabels(task), size = task.width + 1;
    const kernels = kernelsOf(size, task.straightLine),
      solved = ridgeMemory(size),
      centres = createPredictions(task);
    const walk = { horizons, decays: [decayOf(genes.memory!)] };
    walkFloor(task, labels.clipped, walk, ({ row, until, floor, own: [moments], ready }) => {
      for (let j = 0; j < horizons.length; j++) {
        if (!ready[j]) continue;
        const b = ridgeAround(task, moments!, j, floor[j]!, solved, kernels);
        predictRows(task, b, row, until, centres[j]!, kernels);
      }
    });
    return calibratedForecast(task, labels, centres, null, calibrate);
  },
};
