import { normalProbability } from "../distribution/normal_probability.ts";
import { createRollingSample, LEAST_SPREAD, levelScores } from "../distribution/rolling_sample.ts";
import { createHorizonForecast, type HorizonForecast, statedLevels } from "../forecast.ts";
import { MIN_ERRORS } from "../task.ts";
import type { CalibrationInput, CalibrationMethod } from "./calibration.ts";
import { plainMethod } from "../../method.ts";

/** Predictive distributions from the absolute errors of a rolling window. */
export const rollingErrors: CalibrationMethod = plainMethod(
  "Widths by the empirical quantiles of absolute errors over the calibration window",
  calibrate,
);

/**
 * Turns standardised predictions of one coin over one horizon into a predictive distribution, from the
 * absolute errors of the last `calibrationWindow` matured predictions (of row s, known at row s + h), each
 * in units of its own `spread`: sd = spread times their root mean square, quantiles symmetric around the
 * mean at their empirical quantiles, as in split conformal prediction with normalised scores. Signed errors
 * would carry the drift of the last rows into every quantile: over 100 rows of 12-row labels there are
 * eight independent ones. Before MIN_ERRORS errors the distribution is normal.
 *
 * @see V. Vovk, A. Gammerman, G. Shafer, Algorithmic Learning in a Random World (2005); Lei et al., JASA 113 (2018), 5.2.
 */
function calibrate({ task, coin, horizon, prediction, spread, label }: CalibrationInput): HorizonForecast {
  const out = createHorizonForecast(task);
  const { rows, levels } = task;
  const h = task.horizons[horizon]!, root = Math.sqrt(h), barSd = task.sd[coin]!, width = statedLevels(task);
  const { mean, sd, pUp, quantiles } = out;
  const errors = createRollingSample(task.calibrationWindow);
  const scores = levelScores(levels);
  const sides = Float64Array.from(levels, (level) => Math.sign(2 * level - 1));
  const coverages = Float64Array.from(levels, (level) => Math.abs(2 * level - 1));
  for (let t = 0; t < rows; t++) {
    const s = t - h;
    if (s >= 0) errors.push(Math.abs(label[s]! - prediction[s]!) / spread[s]!);
    const unit = barSd[t]! * root, centre = prediction[t]! * unit, wide = spread[t]! * unit;
    const ready = errors.size() >= Math.min(MIN_ERRORS, task.calibrationWindow);
    const size = ready ? Math.max(LEAST_SPREAD, Math.sqrt(errors.meanSquare())) : 1;
    mean[t] = centre;
    sd[t] = size * wide;
    for (let k = 0; k < width; k++) {
      quantiles[t * width + k] = centre +
        wide * (ready ? sides[k]! * errors.quantile(coverages[k]!) : scores[k]!);
    }
    const distance = Math.abs(prediction[t]!) / spread[t]!;
    const inside = ready ? errors.shareBelow(distance) : 2 * normalProbability(distance) - 1;
    pUp[t] = 0.5 + 0.5 * (prediction[t]! < 0 ? -inside : inside);
  }
  return out;
}
