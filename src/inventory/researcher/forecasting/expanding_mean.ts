import { ewmaVolatility } from "../../../core/series.ts";
import { normalShape, stretchCount } from "../distribution/shape.ts";
import { assembleForecast, type Forecast } from "../forecast.ts";
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
  source: "J. P. Morgan, RiskMetrics Technical Document (1996)",
  run: ({ task }) => expandingMeanForecast(task, { decay: 0.97 }),
};

/** Settings of the declared default researcher. */
export interface ExpandingMeanParams {
  /** Decay of the variance per row, in (0, 1). */
  readonly decay: number;
}

/**
 * The declared default researcher: the mean of all simple returns so far (0 at row 0), times the horizon;
 * the exponentially weighted sd of returns, times its root; normal around it. It reads neither the design
 * nor the task's sd and widths, so an absent researcher tells nothing of the analyst.
 */
export function expandingMeanForecast(task: ForecastTask, params: ExpandingMeanParams): Forecast {
  requireTask(task);
  requireNumber(params.decay, 0, 1, "decay");
  const sd = task.returns.map((returns) => ewmaVolatility(returns, params.decay));
  const means = task.returns.map((returns) => {
    const out = new Float64Array(task.rows);
    let average = 0;
    for (let t = 1; t < task.rows; t++) { // row 0 has no return
      average += (returns[t]! - average) / t;
      out[t] = average;
    }
    return out;
  });
  const shape = normalShape(stretchCount(task.firstRow, task.rows));
  return assembleForecast(
    { ...task, sd },
    task.horizons.map((h) => ({
      centre: means.map((mean, c) => mean.map((value, t) => Math.sqrt(h) * value / sd[c]![t]!)),
      spread: null,
      shape,
    })),
  );
}
