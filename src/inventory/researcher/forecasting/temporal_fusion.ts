import { rng } from "../../../core/rng.ts";
import {
  fusionQuantiles,
  type FusionShape,
  type FusionWeights,
  initialWeights,
} from "../../models/attention/fusion_transformer.ts";
import { trainFusion } from "../../models/attention/train_fusion.ts";
import { type Labels, standardisedLabels, standardisedReturns } from "../labels.ts";
import { addPredictions, calibratedForecast } from "../models/around_floor.ts";
import { createPredictions, floorOf } from "../models/floor.ts";
import { hedge, type Predictions } from "../models/hedge.ts";
import { type ForecastTask, requireTask } from "../task.ts";
import { type ForecastingMethod, memory } from "./forecasting.ts";

/** Rows between two trainings: half a year; the first after as many. */
const EVERY = 1095;
/** Rows of a window, features of a row at most, hidden units and heads. */
const STEPS = 8, MOST_INPUTS = 8, UNITS = 8, HEADS = 2;
/** Quantile heads of each horizon; the middle one tells the mean, the outer two the width. */
const LEVELS = [.1, .5, .9] as const;
/** Examples of a training at most, coins in turn. */
const MOST_EXAMPLES = 320;
const TRAINING = { epochs: 6, batch: 8, rate: .01, patience: 2 } as const;
/** Bounds on the relative width, and how losses are weighed against the floor. */
const SPREAD = { least: .5, most: 2 } as const, RATE = 5, LOSS_MEMORY = 720;

/**
 * A small Temporal Fusion Transformer of what the floor leaves, all coins together: the first features of the analyst and the
 * last returns over a window of rows, three quantiles of each horizon. It is slow: it is trained twice a year, on past
 * rows alone, and no declared agent names it.
 */
export const temporalFusion: ForecastingMethod = {
  summary:
    "A small Temporal Fusion Transformer of what the floor leaves, trained twice a year on past windows",
  genes: [memory],
  start: { memory: 1440 },
  warmUp: 360,
  refitEvery: EVERY,
  needs: [],
  source: "B. Lim, S. Arik, N. Loeff, T. Pfister, International Journal of Forecasting 37 (2021) 1748",
  run: ({ task, calibrate }, genes) => {
    requireTask(task);
    const labels = standardisedLabels(task), floor = floorOf(task);
    const { beyond, spreads } = fusionPredictions(task, labels, floor, genes.memory!);
    const members = [floor, addPredictions(floor, beyond)];
    const { mean } = hedge(task, members, labels, RATE, LOSS_MEMORY);
    return calibratedForecast(task, labels, mean, spreads, calibrate);
  },
};

/** Features of each row: the last standardised return, then the design's first columns; row-major [rows][inputs]. */
function inputsOf(task: ForecastTask): { readonly inputs: number; readonly rows: readonly Float64Array[] } {
  const inputs = Math.min(MOST_INPUTS, task.width + 1), returns = standardisedReturns(task);
  const rows = task.design.map((x, c) => {
    const out = new Float64Array(task.rows * inputs);
    for (let t = 0; t < task.rows; t++) {
      out[t * inputs] = returns[c]![t]! / 2;
      for (let i = 1; i < inputs; i++) out[t * inputs + i] = x[t * task.width + i - 1]!;
    }
    return out;
  });
  return { inputs, rows };
}

function fusionPredictions(task: ForecastTask, labels: Labels, floor: Predictions, memory: number) {
  const { rows, firstRow, horizons } = task,
    keep = 1 - task.shrinkage,
    table = inputsOf(task),
    { inputs } = table;
  const shape: FusionShape = {
    inputs,
    steps: STEPS,
    units: UNITS,
    heads: HEADS,
    levels: LEVELS,
    labels: horizons.length,
  };
  const beyond = createPredictions(task), spreads = createPredictions(task);
  for (const coins of spreads) for (const spread of coins) spread.fill(1);
  const windowAt = (coin: number, t: number) =>
    table.rows[coin]!.slice((t - STEPS + 1) * inputs, (t + 1) * inputs);
  let weights: FusionWeights | null = null;
  for (let t = (EVERY - firstRow % EVERY) % EVERY; t < rows; t += EVERY) {
    if (t < EVERY - 1) continue;
    const last = t - horizons[2], first = Math.max(STEPS, t - memory + 1);
    const step = Math.max(1, Math.ceil((last - first + 1) / MOST_EXAMPLES)), windows = [], outcomes = [];
    for (let s = first, k = 0; s <= last; s += step, k++) {
      const coin = k % table.rows.length;
      windows.push(windowAt(coin, s));
      outcomes.push(
        Float64Array.from(horizons, (_, j) => labels.clipped[j]![coin]![s]! - floor[j]![coin]![s]!),
      );
    }
    const random = rng("temporal fusion", task.seedLabel, firstRow + t),
      gap = Math.ceil((STEPS + horizons[2]) / step);
    const start: FusionWeights = weights ?? initialWeights(shape, random); // goes on from the training before
    weights = trainFusion(shape, start, { windows, labels: outcomes }, gap, TRAINING, random).weights;
    write(t, Math.min(rows, t + EVERY), weights);
  }
  return { beyond, spreads };

  /** Predictions of rows from..until-1; widths over their mean so far in these rows. */
  function write(from: number, until: number, trained: FusionWeights): void {
    const count = LEVELS.length;
    for (let c = 0; c < table.rows.length; c++) {
      const means = horizons.map(() => 2 * 1.2815515655446004);
      for (let t = from; t < until; t++) {
        const said = fusionQuantiles(shape, trained, windowAt(c, t));
        horizons.forEach((_, j) => {
          const wide = said[j * count + 2]! - said[j * count]!;
          means[j] = means[j]! + (wide - means[j]!) / (42 + t - from + 1);
          beyond[j]![c]![t] = keep * said[j * count + 1]!;
          const relative = 1 + keep * (wide / means[j]! - 1);
          spreads[j]![c]![t] = Math.max(SPREAD.least, Math.min(SPREAD.most, relative));
        });
      }
    }
  }
}
