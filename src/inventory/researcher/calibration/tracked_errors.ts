import { spanWeight } from "../../../core/series.ts";
import { normalInverse } from "../../../stats/normal.ts";
import { plainMethod } from "../../method.ts";
import { probabilityUp } from "../distribution/normal_probability.ts";
import { LEAST_SPREAD, levelScores } from "../distribution/rolling_sample.ts";
import { createHorizonForecast, type HorizonForecast, statedLevels } from "../forecast.ts";
import type { CalibrationInput, CalibrationMethod } from "./calibration.ts";

/** Predictive distributions from exponentially weighted errors, with quantiles tracked online. */
export const trackedErrors: CalibrationMethod = plainMethod(
  "Width by exponentially weighted errors, quantiles tracked online",
  trackErrors,
);

/**
 * Predictive distribution of one coin over one horizon from exponentially weighted squared errors
 * (v = v + w (e^2 - v), v_0 = 1) and quantiles of |e| / sqrt(v) tracked by a += eta (p - 1{x < a}), started
 * at the normal's. Errors enter when they mature; signs are symmetric, as in `rollingErrors`. Relative widths are
 * not read: the error alone sets the width.
 *
 * @see I. Gibbs, E. Candes, NeurIPS 34 (2021) and A. Angelopoulos, E. Candes, R. Tibshirani, NeurIPS 36 (2023) (quantile tracking).
 */
function trackErrors({ task, coin, horizon, prediction, label }: CalibrationInput): HorizonForecast {
  const out = createHorizonForecast(task);
  const { rows, levels } = task, h = task.horizons[horizon]!, width = levels.length;
  const { mean, sd, pUp } = out, stated = statedLevels(task) > 0;
  const quantiles = stated ? out.quantiles : new Float64Array(width);
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
    const offset = stated ? t * width : 0;
    for (let k = 0; k < width; k++) {
      const value = mean[t]! + Math.sign(scores[k]!) * tracked[k]! * wide;
      quantiles[offset + k] = k === 0 ? value : Math.max(quantiles[offset + k - 1]!, value);
    }
    pUp[t] = probabilityUp(quantiles, offset, scores, wide);
  }
  return out;
}
