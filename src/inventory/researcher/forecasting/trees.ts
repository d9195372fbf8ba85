import { rng } from "../../../core/rng.ts";
import { integer } from "../../../genome/gene.ts";
import { growRegressionForest, predictForest } from "../../models/regression_forest.ts";
import { standardisedLabels } from "../labels.ts";
import { addPredictions, calibratedForecast } from "../models/around_floor.ts";
import { createPredictions, floorOf } from "../models/floor.ts";
import { hedge, type Predictions } from "../models/hedge.ts";
import { type ForecastTask, requireTask } from "../task.ts";
import { type ForecastingMethod, memory } from "./forecasting.ts";

/** Rows between two forests, rows of labels before the first, and rows that one is grown on at most. */
const EVERY = 252, FIRST = 240, MOST_ROWS = 1200;
/** Trees of a forest, and the least rows of a leaf. */
const TREES = 32, LEAF = 30;

/** How the floor with and without a forest are weighed by past loss. */
const RATE = 5, LOSS_MEMORY = 720;

/** Bagged regression trees, each on a random subspace of the features, on what the floor leaves of the labels. */
export const trees: ForecastingMethod = {
  summary: "A random forest of what the floor leaves, coins together, weighed against the floor by past loss",
  genes: [memory, integer("depth", 1, 6)],
  start: { memory: 1440, depth: 3 },
  warmUp: 360,
  refitEvery: EVERY,
  needs: [],
  source:
    "Bagged trees on random subspaces: T. K. Ho, IEEE TPAMI 20 (1998) 832; L. Breiman, Machine Learning 45 (2001) 5",
  run: ({ task, calibrate }, genes) => {
    requireTask(task);
    const labels = standardisedLabels(task), floor = floorOf(task);
    const grown = forestPredictions(task, labels.clipped, floor, genes.memory!, genes.depth!);
    const { mean } = hedge(task, [floor, addPredictions(floor, grown)], labels, RATE, LOSS_MEMORY);
    return calibratedForecast(task, labels, mean, null, calibrate);
  },
};

/**
 * What forests expect of the labels beyond `base`, multiplied by 1 - shrinkage. Each is grown on the rows of the last `memory`
 * whose labels have matured, thinned evenly to MOST_ROWS, and serves the next 252.
 */
export function forestPredictions(
  task: ForecastTask,
  labels: readonly (readonly Float64Array[])[],
  base: Predictions,
  memory: number,
  depth: number,
): Predictions {
  const { rows, width, horizons, firstRow, design } = task,
    out = createPredictions(task),
    keep = 1 - task.shrinkage;
  for (let t = (EVERY - firstRow % EVERY) % EVERY; t < rows; t += EVERY) {
    const until = Math.min(rows, t + EVERY);
    horizons.forEach((h, j) => {
      const last = t - h, first = Math.max(0, t - memory + 1);
      if (last - first + 1 < FIRST) return;
      const step = Math.max(1, Math.ceil((last - first + 1) * design.length / MOST_ROWS));
      const each = Math.floor((last - first) / step) + 1, n = each * design.length;
      const x = new Float64Array(n * width), y = new Float64Array(n);
      for (let c = 0, at = 0; c < design.length; c++) {
        for (let k = 0; k < each; k++, at++) {
          const s = last - k * step;
          for (let i = 0; i < width; i++) x[at * width + i] = design[c]![s * width + i]!;
          y[at] = labels[j]![c]![s]! - base[j]![c]![s]!;
        }
      }
      const random = rng("trees", task.seedLabel, h, firstRow + t);
      const settings = { trees: TREES, depth, leaf: LEAF, features: Math.ceil(width / 2) };
      const forest = growRegressionForest(x, y, settings, random);
      for (let c = 0; c < design.length; c++) {
        const said = predictForest(forest, design[c]!, width, t, until), series = out[j]![c]!;
        for (let s = t; s < until; s++) series[s] = keep * said[s - t]!;
      }
    });
  }
  return out;
}
