import { trust } from "../calibration/calibration.ts";
import { COVERAGES } from "../distribution/levels.ts";
import { copyShape, type Shape, SHAPE_WIDTH, stretchOf } from "../distribution/shape.ts";
import { quantileOfSorted } from "../distribution/sorted_quantile.ts";
import { assembleForecast, type Forecast } from "../forecast.ts";
import { LABEL_CLIP, labelsOver, standardisedReturns } from "../labels.ts";
import { type ArmaFit, createArmaFit, cumulativePower, errorVariance, fitArma } from "../models/arma.ts";
import { createPredictions, predictRows, walkFloor } from "../models/floor.ts";
import { kernelsOf } from "../models/kernels.ts";
import { ridgePenalty } from "../models/moments.ts";
import { type ForecastTask, MIN_ROWS, REFIT_EVERY, requireNumber, requireTask } from "../task.ts";
import type { ResidualSampler } from "../uncertainty/sampler.ts";
import { type ForecastingMethod, memory, required } from "./forecasting.ts";

/** ARIMA with the analyst's features as exogenous regressors. */
export const arimax: ForecastingMethod = {
  summary: "ARIMA with the analyst's features as exogenous regressors, whose coefficients are the floor's",
  genes: [memory],
  start: { memory: 720 },
  warmUp: 360,
  refitEvery: REFIT_EVERY,
  needs: [],
  source: "G. Box, G. Jenkins, Time Series Analysis (1970); D. Cochrane, G. Orcutt, JASA 44 (1949) 32",
  run: ({ task, sample }, genes) =>
    arimaxForecast(task, { memory: genes.memory! }, required(sample, "uncertainty")),
};

/** The same with an ARMA part that is alive: shrinkage draws its constant alone to 0, a prior of its own phi and theta. */
export const arimaxLive: ForecastingMethod = {
  ...arimax,
  summary:
    "ARIMA with the analyst's features as exogenous regressors, whose ARMA part the shrinkage leaves alive",
  run: ({ task, sample }, genes) =>
    arimaxForecast(task, { memory: genes.memory!, priorSd: ARMA_PRIOR }, required(sample, "uncertainty")),
};

/** Prior sd of phi and theta where the ARMA part is alive. */
const ARMA_PRIOR = .1;

/** Settings of the ARIMAX method. */
export interface ArimaxParams {
  /** Rows of the rolling window, an integer, 180..2880; the cost of a refit grows with it. */
  readonly memory: number;
  /** Prior sd of phi and theta; left out, the ridge of the shrinkage holds them too (at .3 they stay below .02: findings D.2). */
  readonly priorSd?: number;
}

/** Gauss-Newton passes per fit: many on the first, few from a warm start 42 rows later. */
const FIRST_PASSES = 15;
const LATER_PASSES = 2;

/**
 * Regression with ARMA(1,1) errors in two steps: the exogenous part is the floor, of coins together; its one-bar
 * errors are an ARMA(1,1) of each coin, fitted by conditional sum of squares over a rolling window at every 42nd row
 * with a ridge towards white noise. The mean over h rows is the floor's for that horizon and the iterated ARMA recursion.
 *
 * Intervals come from block-bootstrap draws of past residuals, summed over h rows and widened by the moving-average weights
 * of the h-step error. They count with the weight of the independent outcomes that `calibrationWindow` allows; the
 * shared width counts with the rest.
 *
 * @see D. Cochrane, G. Orcutt, JASA 44 (1949) 32, for regression and errors in two steps.
 */
export function arimaxForecast(task: ForecastTask, params: ArimaxParams, sampler: ResidualSampler): Forecast {
  requireTask(task);
  requireNumber(params.memory, MIN_ROWS, Infinity, "memory", true);
  const { horizons, rows, firstRow } = task, steps = [1, ...horizons];
  const labels = labelsOver(task, steps).clipped,
    kernels = kernelsOf(task.width + 1, task.straightLine);
  const said = createPredictions(task, steps.length), z = standardisedReturns(task);
  const fits = task.returns.map(() => createArmaFit(rows));
  const shapes = task.widths.map(copyShape), draws = new Float64Array(sampler.draws);
  const penalty = new Float64Array(3), errors = task.returns.map(() => new Float64Array(rows));
  let fitted = false;
  walkFloor(task, labels, { horizons: steps, decays: [] }, ({ row, until, floor, ready }) => {
    if (!ready[0]) return;
    floor.forEach((b, j) => predictRows(task, b, row, until, said[j]!, kernels));
    const first = Math.max(1, row - params.memory + 1), length = row - first + 1;
    for (let c = 0; c < fits.length; c++) {
      const start = fitted ? row - REFIT_EVERY + 1 : 1, error = errors[c]!;
      for (let t = start; t <= row; t++) error[t] = z[c]![t]! - said[0]![c]![t - 1]!;
      penalty.fill(ridgePenalty(length, task.shrinkage));
      if (params.priorSd !== undefined) penalty.fill(1 / params.priorSd ** 2, 1);
      fitArma(error, first, row, penalty, fitted ? LATER_PASSES : FIRST_PASSES, fits[c]!);
      addArma(task, fits[c]!, c, row, until, said, z[c]!);
    }
    fitted = true;
    horizons.forEach((h, j) => {
      const window = Math.min(task.calibrationWindow * h, length);
      sampler.sums(fits.map(({ residuals }) => residuals), row, window, h, draws);
      const wide = Math.sqrt(
        fits.reduce((sum, { values }) => sum + errorVariance(values[1]!, values[2]!, h), 0) / fits.length,
      );
      drawShape(task.widths[j]!, draws, wide, trust(window / h), shapes[j]!, stretchOf(firstRow, row));
    });
  });
  return assembleForecast(
    task,
    horizons.map((_, j) => ({ centre: said[j + 1]!, spread: null, shape: shapes[j]! })),
  );
}

/** Adds what a coin's ARMA expects of the next h rows to its predictions of rows from..until-1. */
function addArma(
  { horizons }: ForecastTask,
  { values, residuals, errors }: ArmaFit,
  coin: number,
  from: number,
  until: number,
  said: readonly (readonly Float64Array[])[],
  z: Float64Array,
): void {
  const [m, phi, theta] = values as unknown as [number, number, number], floor = said[0]![coin]!;
  const parts = horizons.map((h, j) => ({
    out: said[j + 1]![coin]!,
    constant: h * m / Math.sqrt(h),
    carry: cumulativePower(phi, h) / Math.sqrt(h),
  }));
  for (let t = from; t < until; t++) {
    if (t > from) {
      errors[t] = z[t]! - floor[t - 1]! - m;
      residuals[t] = errors[t]! - phi * errors[t - 1]! - theta * residuals[t - 1]!;
    }
    const next = phi * errors[t]! + theta * residuals[t]!;
    for (const { out, constant, carry } of parts) out[t] = out[t]! + constant + carry * next;
  }
}

/** Draws a stretch of a shape towards the distribution of draws, `wide` times as wide, with the given weight. */
function drawShape(
  shared: Shape,
  draws: Float64Array,
  wide: number,
  weight: number,
  out: Shape,
  stretch: number,
): void {
  let squares = 0;
  for (const draw of draws) squares += Math.min(wide * draw, LABEL_CLIP) ** 2;
  out.sd[stretch] = Math.sqrt((1 - weight) * shared.sd[stretch]! ** 2 + weight * squares / draws.length);
  for (let k = 0; k < SHAPE_WIDTH; k++) {
    const at = stretch * SHAPE_WIDTH + k;
    out.halfWidths[at] = (1 - weight) * shared.halfWidths[at]! +
      weight * wide * quantileOfSorted(draws, draws.length, COVERAGES[k]!);
  }
}
