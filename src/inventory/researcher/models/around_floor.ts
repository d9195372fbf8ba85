import { errorShape } from "../calibration/rolling_errors.ts";
import type { Calibrate } from "../calibration/calibration.ts";
import { assembleForecast, type Forecast } from "../forecast.ts";
import type { Labels } from "../labels.ts";
import type { ForecastTask } from "../task.ts";
import type { Predictions } from "./hedge.ts";

/** Two predictions added, value by value. */
export function addPredictions(a: Predictions, b: Predictions): Float64Array[][] {
  return a.map((coins, j) =>
    coins.map((series, c) => {
      const out = new Float64Array(series.length), other = b[j]![c]!;
      for (let t = 0; t < out.length; t++) out[t] = series[t]! + other[t]!;
      return out;
    })
  );
}

/**
 * The forecast of centres and relative widths, its shapes moved by a calibration: the one that the variant names, else rolling
 * errors.
 */
export function calibratedForecast(
  task: ForecastTask,
  labels: Labels,
  centres: Predictions,
  spreads: Predictions | null,
  calibrate: Calibrate | null,
): Forecast {
  const move = calibrate ?? errorShape;
  return assembleForecast(
    task,
    task.horizons.map((_, horizon) => {
      const centre = centres[horizon]!, spread = spreads?.[horizon] ?? null, label = labels.clipped[horizon]!;
      const shape = move({ task, horizon, centre, spread, label, shape: task.widths[horizon]! });
      return { centre, spread, shape };
    }),
  );
}
