import { solveFactored } from "../../core/linear.ts";
import { spanWeight } from "../../core/series.ts";
import { normalInverse } from "../../stats/normal.ts";
import { LEAST_SPREAD, levelScores } from "./calibration.ts";
import { type CoinForecast, createForecast, type Forecast } from "./forecast.ts";
import { hedge, type Predictions } from "./hedge.ts";
import { type Labels, standardisedLabels } from "./labels.ts";
import { factorPenalised, linearValue, ridgePenalty, walkMoments } from "./moments.ts";
import { probabilityUp } from "./normal_probability.ts";
import { type ForecastTask, MIN_ROWS, requireNumber, requireTask } from "./task.ts";

/** Settings of the adaptive method. */
export interface AdaptiveParams {
  /** Learning rate of the weights, 0..50. */
  readonly rate: number;
  /** Half-life of the models' losses, rows, 30..1440. */
  readonly lossMemory: number;
}

/** Forgetting factors per row; they remember 50, 200, 500 and 2000 rows. */
export const FORGETTING = [0.98, 0.995, 0.998, 0.9995] as const;

/**
 * Online learning with an adaptive window: recursive least squares under four forgetting factors, coins
 * pooled, coefficients renewed at every row, combined by exponential weights on their discounted losses.
 * The width of the predictive distribution follows exponentially weighted realised errors (span
 * `calibrationWindow`), its quantiles are tracked online.
 */
export function adaptive(task: ForecastTask, params: AdaptiveParams): Forecast {
  requireTask(task);
  requireNumber(params.rate, 0, Infinity, "rate");
  requireNumber(params.lossMemory, 2, Infinity, "lossMemory");
  const labels = standardisedLabels(task);
  const members = FORGETTING.map((factor) => recursivePredictions(task, labels, factor));
  const together = hedge(task, members, labels, params.rate, params.lossMemory);
  const out = createForecast(task);
  for (let j = 0; j < task.horizons.length; j++) {
    task.returns.forEach((_, c) =>
      trackErrors(task, c, j, together.mean[j]![c]!, labels.clipped[j]![c]!, out.coins[c]!)
    );
  }
  return out;
}

/**
 * Recursive least squares in information form: the gram and the cross moments are updated by each row and
 * the coefficients solved anew, which equals the usual recursion of P = gram^-1 but cannot wind up where a
 * regressor stands still. All horizons share one factor a row, since the gram that horizon h may use at row
 * t is that of row t - h: 3 solves for 1 factorisation. Shrinkage is a ridge as in `ridgePredictions`.
 *
 * @param forgetting Factor on all past weights per row, in (0, 1].
 * @returns Standardised predictions [horizon][coin][rows].
 */
export function recursivePredictions(task: ForecastTask, labels: Labels, forgetting: number): Predictions {
  const { rows, width, horizons } = task, size = width + 1;
  const out = horizons.map(() => task.returns.map(() => new Float64Array(rows)));
  const factor = new Float64Array(size * size), penalty = new Float64Array(size), b = new Float64Array(size);
  const coins = task.returns.map((_, c) => c);
  walkMoments(task, coins, labels.clipped, forgetting, (s, moments) => {
    if (s + 1 < MIN_ROWS) return;
    penalty.fill(ridgePenalty(moments.weight, task.shrinkage));
    if (!factorPenalised(moments.gram, penalty, factor)) return;
    for (let j = 0; j < horizons.length; j++) {
      const t = s + horizons[j]!;
      if (t >= rows) continue;
      b.set(moments.cross[j]!);
      solveFactored(factor, b);
      for (const c of coins) out[j]![c]![t] = linearValue(b, task.design[c]!, t * width);
    }
  });
  return out;
}

/**
 * Predictive distribution of one coin over one horizon from exponentially weighted squared errors
 * (v = v + w (e^2 - v), v_0 = 1) and quantiles of |e| / sqrt(v) tracked by a += eta (p - 1{x < a}), started
 * at the normal's. Errors enter when they mature; signs are symmetric, as in `calibrate`.
 *
 * @see I. Gibbs, E. Candes, NeurIPS 34 (2021) and A. Angelopoulos, E. Candes, R. Tibshirani, NeurIPS 36 (2023) (quantile tracking).
 */
function trackErrors(
  task: ForecastTask,
  coin: number,
  horizon: number,
  prediction: Float64Array,
  label: Float64Array,
  out: CoinForecast,
): void {
  const { rows, levels } = task, h = task.horizons[horizon]!, width = levels.length;
  const mean = out.mean[horizon]!,
    sd = out.sd[horizon]!,
    pUp = out.pUp[horizon]!,
    quantiles = out.quantiles[horizon]!;
  const weight = spanWeight(task.calibrationWindow), step = 1 / task.calibrationWindow;
  const scores = levelScores(levels);
  const coverages = Float64Array.from(levels, (level) => Math.abs(2 * level - 1));
  const tracked = coverages.map((coverage) => normalInverse((1 + coverage) / 2));
  let variance = 1;
  for (let t = 0; t < rows; t++) {
    const s = t - h;
    if (s >= 0) {
      const error = Math.abs(label[s]! - prediction[s]!), scaled = error / Math.sqrt(variance);
      for (let k = 0; k < width; k++) {
        if (coverages[k] === 0) continue; // the median is the mean
        tracked[k] = Math.max(0, tracked[k]! + step * (coverages[k]! - (scaled < tracked[k]! ? 1 : 0)));
      }
      variance = Math.max(LEAST_SPREAD * LEAST_SPREAD, variance + weight * (error * error - variance));
    }
    const unit = task.sd[coin]![t]! * Math.sqrt(h), wide = Math.sqrt(variance) * unit;
    mean[t] = prediction[t]! * unit;
    sd[t] = wide;
    const offset = t * width;
    for (let k = 0; k < width; k++) {
      const value = mean[t]! + Math.sign(scores[k]!) * tracked[k]! * wide;
      quantiles[offset + k] = k === 0 ? value : Math.max(quantiles[offset + k - 1]!, value);
    }
    pUp[t] = probabilityUp(quantiles, offset, scores, wide);
  }
}
