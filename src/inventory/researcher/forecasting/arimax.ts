import { LEAST_SPREAD, levelScores } from "../distribution/rolling_sample.ts";
import { type CoinForecast, createForecast, type Forecast, statedLevels } from "../forecast.ts";
import { standardisedReturns } from "../labels.ts";
import { type ArmaFit, createArmaFit, fitArma, regressionError } from "../models/arma_regression.ts";
import { ridgePenalty } from "../models/moments.ts";
import {
  type ForecastTask,
  isRefit,
  MIN_ERRORS,
  MIN_ROWS,
  REFIT_EVERY,
  requireNumber,
  requireTask,
} from "../task.ts";
import type { ResidualSampler } from "../uncertainty/sampler.ts";
import { type ForecastingMethod, memory, required } from "./forecasting.ts";

/** ARIMA with the analyst's features as exogenous regressors. */
export const arimax: ForecastingMethod = {
  summary: "ARIMA with the analyst's features as exogenous regressors",
  genes: [memory],
  start: { memory: 720 },
  warmUp: 360,
  refitEvery: REFIT_EVERY,
  needs: [],
  run: ({ task, sample }, genes) => arimaxForecast(task, { memory: genes.memory! }, required(sample)),
};

/** Settings of the ARIMAX method. */
export interface ArimaxParams {
  /** Rows of the rolling window, an integer, 180..2880; the cost of a refit grows with it. */
  readonly memory: number;
}

/** Gauss-Newton passes per fit: many on the first, few from a warm start 42 rows later. */
const FIRST_PASSES = 15;
const LATER_PASSES = 2;

/**
 * Regression of each coin's standardised one-bar returns on the design one row earlier, with ARMA(1,1)
 * errors, fitted by conditional sum of squares over a rolling window at every 42nd row. The ridge holds all
 * coefficients, ARMA ones too, towards white noise.
 *
 * The mean over h rows iterates the ARMA recursion; a regressor, unknown beyond row t, is projected by its
 * own lag-1 autocorrelation in the window. Intervals come from draws of the last `calibrationWindow` residuals,
 * summed over h rows, widened by the moving-average weights of the h-step error and the noise of the coefficients.
 */
export function arimaxForecast(task: ForecastTask, params: ArimaxParams, sampler: ResidualSampler): Forecast {
  requireTask(task);
  requireNumber(params.memory, MIN_ROWS, Infinity, "memory", true);
  const z = standardisedReturns(task), out = createForecast(task);
  task.returns.forEach((_, c) => forecastCoin(task, params, c, z[c]!, sampler, out.coins[c]!));
  return out;
}

function forecastCoin(
  task: ForecastTask,
  params: ArimaxParams,
  coin: number,
  z: Float64Array,
  sampler: ResidualSampler,
  out: CoinForecast,
): void {
  const { rows, width, levels, horizons } = task, count = statedLevels(task);
  const design = task.design[coin]!,
    fit = createArmaFit(rows, width, task.straightLine),
    penalty = new Float64Array(width + 3);
  const scores = levelScores(levels);
  const paths = horizons.map((h) => ({
    h,
    weights: new Float64Array(width + 1), // of the intercept and the regressors in the h-row sum
    carry: 0, // of the next row's expected ARMA error
    draws: new Float64Array(sampler.draws),
    spread: 1,
  }));
  const moments = { lagged: new Float64Array(width), squares: new Float64Array(width) };
  let fitted = false, drawn = false;
  for (let t = 0; t < rows; t++) {
    if (fitted) {
      const n = regressionError(z, design, width, t, fit.values);
      const { residuals, errors, values } = fit;
      residuals[t] = n - values[width + 1]! * errors[t - 1]! - values[width + 2]! * residuals[t - 1]!;
      errors[t] = n;
    }
    if (isRefit(task, t) && t >= MIN_ROWS) {
      const first = Math.max(1, t - params.memory + 1), length = t - first + 1;
      penalty.fill(ridgePenalty(length, task.shrinkage));
      fitArma(z, design, width, first, t, penalty, fitted ? LATER_PASSES : FIRST_PASSES, fit);
      fitted = true;
      const window = Math.min(task.calibrationWindow, length);
      drawn = window >= Math.min(MIN_ERRORS, task.calibrationWindow);
      const inflation = length / Math.max(length - width - 3, length / 2); // degrees of freedom spent on the fit
      const noise = (1 - task.shrinkage) ** 2 / length; // variance of one coefficient
      lagMoments(design, width, first, t, moments);
      for (const path of paths) {
        const exposure = projectRegressors(moments, width, length, path.h, fit, path.weights);
        path.carry = cumulativePower(fit.values[width + 1]!, path.h);
        if (drawn) {
          const residual = errorVariance(fit.values[width + 1]!, fit.values[width + 2]!, path.h);
          const scale = Math.sqrt(inflation * residual + noise * exposure / path.h);
          sampler.sums(fit.residuals, t, window, path.h, scale, path.draws);
          path.spread = Math.max(LEAST_SPREAD, Math.sqrt(meanSquare(path.draws)));
        }
      }
    }
    const next = fitted
      ? fit.values[width + 1]! * fit.errors[t]! + fit.values[width + 2]! * fit.residuals[t]!
      : 0;
    for (let j = 0; j < paths.length; j++) {
      const { h, weights, carry, draws, spread } = paths[j]!, unit = task.sd[coin]![t]! * Math.sqrt(h);
      let sum = carry * next + weights[0]!;
      for (let i = 0; i < width; i++) sum += weights[i + 1]! * design[t * width + i]!;
      const mean = sum / Math.sqrt(h), quantiles = out.quantiles[j]!;
      out.mean[j]![t] = mean * unit;
      out.sd[j]![t] = spread * unit;
      out.pUp[j]![t] = drawn ? shareAbove(draws, -mean) : 0.5;
      for (let k = 0; k < count; k++) {
        quantiles[t * count + k] = (mean + (drawn ? sortedQuantile(draws, levels[k]!) : scores[k]!)) * unit;
      }
    }
  }
}

/** 1 + r + .. + r^(h-1). */
function cumulativePower(r: number, h: number): number {
  let sum = 0, power = 1;
  for (let k = 0; k < h; k++) {
    sum += power;
    power *= r;
  }
  return sum;
}

/** Sums over a window of each regressor's square and of its product with its value a row earlier. */
interface LagMoments {
  readonly lagged: Float64Array;
  readonly squares: Float64Array;
}

function lagMoments(
  design: Float64Array,
  width: number,
  first: number,
  last: number,
  { lagged, squares }: LagMoments,
): void {
  for (let i = 0; i < width; i++) {
    let sum = 0, square = 0, before = design[(first - 1) * width + i]!;
    for (let t = first, at = first * width + i; t <= last; t++, at += width) {
      const x = design[at]!;
      square += x * x;
      sum += x * before;
      before = x;
    }
    lagged[i] = sum;
    squares[i] = square;
  }
}

/**
 * Weights of (1, x_t) in the expected sum of the next h rows: coefficient times 1 + r + .. + r^(h-1), where
 * r in [0, 1] is the regressor's autocorrelation around 0 in a window of `length` rows; h for the intercept.
 *
 * @returns The variance of that sum when every coefficient has variance 1 and the regressors those of the window.
 */
function projectRegressors(
  { lagged, squares }: LagMoments,
  width: number,
  length: number,
  h: number,
  fit: ArmaFit,
  out: Float64Array,
): number {
  out[0] = h * fit.values[0]!;
  let exposure = h * h;
  for (let i = 0; i < width; i++) {
    const square = squares[i]!;
    const r = square > 0 ? Math.max(0, Math.min(1, lagged[i]! / square)) : 0, power = cumulativePower(r, h);
    out[i + 1] = fit.values[i + 1]! * power;
    exposure += power * power * square / length;
  }
  return exposure;
}

/**
 * The variance of an h-row sum's forecast error relative to that of h independent residuals: the mean of
 * the squared cumulative moving-average weights, psi_0 = 1, psi_j = phi^(j-1) (phi + theta).
 */
function errorVariance(phi: number, theta: number, h: number): number {
  let psi = 1, cumulative = 0, squares = 0;
  for (let k = 0; k < h; k++) {
    cumulative += psi;
    squares += cumulative * cumulative;
    psi = k === 0 ? phi + theta : phi * psi;
  }
  return squares / h;
}

function meanSquare(values: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]! * values[i]!;
  return sum / values.length;
}

function sortedQuantile(sorted: Float64Array, p: number): number {
  const position = (sorted.length - 1) * p, below = Math.floor(position), part = position - below;
  return part === 0 ? sorted[below]! : sorted[below]! + part * (sorted[below + 1]! - sorted[below]!);
}

/** Share of ascending values above x, a half added on each side so that neither 0 nor 1 is ever said. */
function shareAbove(sorted: Float64Array, x: number): number {
  let low = 0, high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! <= x) low = middle + 1;
    else high = middle;
  }
  return (sorted.length - low + 0.5) / (sorted.length + 1);
}
