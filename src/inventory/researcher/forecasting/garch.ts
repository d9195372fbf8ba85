import { log } from "../../../genome/gene.ts";
import {
  fitGarch,
  type Garch,
  nextVariance,
  summedVariance,
  usualGarch,
  variancePast,
} from "../../models/garch.ts";
import { standardisedLabels, standardisedReturns } from "../labels.ts";
import { calibratedForecast } from "../models/around_floor.ts";
import { createPredictions, floorOf } from "../models/floor.ts";
import { type ForecastTask, requireTask } from "../task.ts";
import { type ForecastingMethod, memory } from "./forecasting.ts";

/** Rows between two fits, and rows before the first. */
const EVERY = 126, FIRST = 240;
/** Evaluations of a likelihood: many from the usual start, few from the fit before. */
const FIRST_EVALUATIONS = 100, LATER_EVALUATIONS = 30;
/** Bounds on the relative width that a fit may tell. */
const SPREAD = { least: .5, most: 2 } as const;

/** The floor's mean; widths by a GARCH(1,1) with Student innovations of each coin. */
export const garch: ForecastingMethod = {
  summary: "The floor's mean, as wide as a GARCH(1,1) with Student innovations expects of each coin",
  genes: [memory, log("tails", 3, 30)],
  start: { memory: 720, tails: 6 },
  warmUp: 360,
  refitEvery: EVERY,
  needs: [],
  source: "T. Bollerslev, Review of Economics and Statistics 69 (1987) 542",
  run: ({ task, calibrate }, genes) => {
    requireTask(task);
    const labels = standardisedLabels(task);
    const spreads = garchSpreads(task, standardisedReturns(task), genes.memory!, genes.tails!);
    return calibratedForecast(task, labels, floorOf(task), spreads, calibrate);
  },
};

/**
 * Root of the variance that a GARCH of standardised returns expects of the next h rows over h: what the volatility of the
 * task misses of the way back to the mean. Its logarithm is multiplied by 1 - shrinkage.
 *
 * @returns [horizon][coin][rows], 1 before the first fit.
 */
export function garchSpreads(
  task: ForecastTask,
  returns: readonly Float64Array[],
  memory: number,
  tails: number,
): Float64Array[][] {
  const out = createPredictions(task), keep = (1 - task.shrinkage) / 2;
  returns.forEach((z, c) => {
    for (const coins of out) coins[c]!.fill(1);
    let model: Garch | null = null, variance = 1;
    for (let t = FIRST; t < task.rows; t++) {
      if ((task.firstRow + t) % EVERY === 0) {
        const first = Math.max(1, t - memory + 1), start: Garch = model ?? { ...usualGarch(1), nu: tails };
        model = fitGarch(z, first, t, start, model ? LATER_EVALUATIONS : FIRST_EVALUATIONS);
        variance = variancePast(z, first, t, model);
      } else if (model) variance = nextVariance(model, variance, z[t]!);
      if (!model) continue;
      for (let j = 0; j < out.length; j++) {
        const h = task.horizons[j]!, wide = Math.pow(summedVariance(model, variance, h) / h, keep);
        out[j]![c]![t] = Math.max(SPREAD.least, Math.min(SPREAD.most, wide));
      }
    }
  });
  return out;
}
