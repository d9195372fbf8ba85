import { standardisedLabels } from "../labels.ts";
import { calibratedForecast } from "../models/around_floor.ts";
import { createBlockEnsemble } from "../models/block_ensemble.ts";
import { createPredictions, predictRows, ridgeAround, ridgeMemory, walkFloor } from "../models/floor.ts";
import { kernelsOf } from "../models/kernels.ts";
import { decayOf, type ForecastTask, REFIT_EVERY, requireNumber, requireTask } from "../task.ts";
import { type ForecastingMethod, memory } from "./forecasting.ts";

/** Models of the ensemble. */
const MODELS = 24;

/** Ridges around the floor on block-bootstrap resamples: their mean, wider where they disagree. */
export const bootstrapEnsemble: ForecastingMethod = {
  summary:
    "Ridges around the floor, each fitted to a block bootstrap of the past: their mean, wider where they disagree",
  genes: [memory],
  start: { memory: 1440 },
  warmUp: 360,
  refitEvery: REFIT_EVERY,
  needs: [],
  source: "C. Xu, Y. Xie, Conformal prediction interval for dynamic time-series, ICML (2021)",
  run: ({ task, calibrate }, genes) => {
    requireTask(task);
    requireNumber(genes.memory!, 2, Infinity, "memory");
    const labels = standardisedLabels(task),
      { centres, spreads } = baggedRidges(task, labels.clipped, genes.memory!);
    return calibratedForecast(task, labels, centres, spreads, calibrate);
  },
};

/** The mean of the models, and the root of 1 + their variance; [horizon][coin][rows]. */
function baggedRidges(task: ForecastTask, labels: readonly (readonly Float64Array[])[], memory: number) {
  const { horizons, firstRow } = task, size = task.width + 1, decay = decayOf(memory);
  const kernels = kernelsOf(size, task.straightLine), solved = ridgeMemory(size);
  const centres = createPredictions(task), spreads = createPredictions(task);
  for (const coins of spreads) for (const spread of coins) spread.fill(1);
  const ensemble = createBlockEnsemble(
    size,
    horizons.length,
    MODELS,
    Math.pow(decay, REFIT_EVERY),
    task.seedLabel,
  );
  const said = task.returns.map(() => new Float64Array(task.rows));
  walkFloor(task, labels, { horizons, decays: [decay] }, ({ row, until, floor, own: [all], ready }) => {
    ensemble.grow(all!, (firstRow + row) / REFIT_EVERY);
    for (let j = 0; j < horizons.length; j++) {
      if (!ready[j]) continue;
      for (const coins of spreads[j]!) coins.fill(0, row, until);
      for (const member of ensemble.members) {
        const b = ridgeAround(task, member, j, floor[j]!, solved, kernels);
        predictRows(task, b, row, until, said, kernels);
        said.forEach((series, c) => {
          const centre = centres[j]![c]!, squares = spreads[j]![c]!;
          for (let t = row; t < until; t++) {
            centre[t] = centre[t]! + series[t]!;
            squares[t] = squares[t]! + series[t]! * series[t]!;
          }
        });
      }
      spreads[j]!.forEach((squares, c) => {
        const centre = centres[j]![c]!;
        for (let t = row; t < until; t++) {
          centre[t] = centre[t]! / MODELS;
          squares[t] = Math.sqrt(1 + Math.max(0, squares[t]! / MODELS - centre[t]! ** 2));
        }
      });
    }
  });
  return { centres, spreads };
}
