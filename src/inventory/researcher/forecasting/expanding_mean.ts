import { ewmaVolatility } from "../../../core/series.ts";
import { normalProbability } from "../distribution/normal_probability.ts";
import { levelScores } from "../distribution/rolling_sample.ts";
import { createForecast, type Forecast } from "../forecast.ts";
import { type ForecastTask, requireNumber, requireTask } from "../task.ts";
import type { ForecastingMethod } from "./forecasting.ts";

/** The mean of all returns so far and the EWMA .97 sd: what the declared default researcher says. */
export const expandingMean: ForecastingMethod = {
  summary: "The mean of all returns so far, normal around it with the EWMA .97 sd",
  genes: [],
  start: {},
  warmUp: 0,
  refitEvery: 1,
  needs: [],
  run: ({ task }) => expandingMeanForecast(task, { decay: 0.97 }),
};

/** Settings of the declared default researcher. */
export interface ExpandingMeanParams {
  /** Decay of the variance per row, in (0, 1). */
  readonly decay: number;
}

/**
 * The declared default researcher: the mean of all simple returns so far (0 at row 0), times the horizon;
 * the exponentially weighted sd of returns, times its root; normal quantiles. It reads neither the design
 * nor the task's sd, so an absent researcher tells nothing of the analyst.
 */
export function expandingMeanForecast(task: ForecastTask, params: ExpandingMeanParams): Forecast {
  requireTask(task);
  requireNumber(params.decay, 0, 1, "decay");
  const out = createForecast(task), scores = levelScores(task.levels), width = scores.length;
  task.returns.forEach((returns, c) => {
    const barSd = ewmaVolatility(returns, params.decay);
    const { mean, sd, pUp, quantiles } = out.coins[c]!;
    for (let j = 0; j < task.horizons.length; j++) {
      const h = task.horizons[j]!, root = Math.sqrt(h);
      let average = 0;
      for (let t = 0; t < task.rows; t++) {
        if (t > 0) average += (returns[t]! - average) / t; // row 0 has no return
        mean[j]![t] = h * average;
        sd[j]![t] = root * barSd[t]!;
        pUp[j]![t] = normalProbability(mean[j]![t]! / sd[j]![t]!);
        for (let k = 0; k < width; k++) quantiles[j]![t * width + k] = mean[j]![t]! + scores[k]! * sd[j]![t]!;
      }
    }
  });
  return out;
}
