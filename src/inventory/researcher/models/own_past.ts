import { decayOf, type ForecastTask, isRefit, MIN_ROWS } from "../task.ts";
import type { Predictions } from "./hedge.ts";

/**
 * The exponentially weighted mean of standardised returns, shrunk, over h rows: mean times sqrt(h) in label units.
 *
 * @returns [horizon][coin][rows], 0 for the first MIN_ROWS rows.
 */
export function driftPredictions(
  task: ForecastTask,
  returns: readonly Float64Array[],
  halfLife: number,
): Predictions {
  const decay = decayOf(halfLife), keep = 1 - task.shrinkage;
  const drifts = returns.map((z) => {
    const out = new Float64Array(task.rows);
    let sum = 0, weight = 0;
    for (let t = 1; t < task.rows; t++) {
      sum = decay * sum + z[t]!;
      weight = decay * weight + 1;
      out[t] = t < MIN_ROWS ? 0 : keep * sum / weight;
    }
    return out;
  });
  return task.horizons.map((h) => drifts.map((drift) => drift.map((value) => value * Math.sqrt(h))));
}

/**
 * AR(2) around 0 of each coin's standardised returns, by the Yule-Walker equations over exponentially
 * forgotten autocovariances with a ridge, refitted every 42 rows and iterated over the horizon.
 *
 * @returns Standardised, [horizon][coin][rows]; 0 before the first fit.
 */
export function autoregressivePredictions(
  task: ForecastTask,
  returns: readonly Float64Array[],
  halfLife: number,
): Predictions {
  const decay = decayOf(halfLife),
    out = task.horizons.map(() => returns.map(() => new Float64Array(task.rows)));
  const longest = Math.max(...task.horizons),
    sums = [new Float64Array(longest + 1), new Float64Array(longest + 1)];
  const roots = task.horizons.map(Math.sqrt);
  returns.forEach((z, c) => {
    let c0 = 0, c1 = 0, c2 = 0, fitted = false;
    for (let t = 2; t < task.rows; t++) {
      c0 = decay * c0 + z[t]! * z[t]!;
      c1 = decay * c1 + z[t]! * z[t - 1]!;
      c2 = decay * c2 + z[t]! * z[t - 2]!;
      if (t >= MIN_ROWS && isRefit(task, t)) {
        const ridged = c0 / (1 - task.shrinkage), determinant = ridged * ridged - c1 * c1;
        fitted = determinant > 1e-12 * ridged * ridged;
        if (fitted) cumulate(c1 * (ridged - c2) / determinant, (ridged * c2 - c1 * c1) / determinant, sums);
      }
      if (!fitted) continue;
      for (let j = 0; j < task.horizons.length; j++) {
        const h = task.horizons[j]!;
        out[j]![c]![t] = (sums[0]![h]! * z[t]! + sums[1]![h]! * z[t - 1]!) / roots[j]!;
      }
    }
  });
  return out;
}

/** Weights of z[t] and z[t-1] in the sum of an AR(2)'s next h forecasts, for every h up to the arrays' length. */
function cumulate(phi1: number, phi2: number, sums: readonly Float64Array[]): void {
  for (let lag = 0; lag < 2; lag++) {
    let newest = lag === 0 ? 1 : 0, older = 1 - newest, total = 0;
    for (let h = 1; h < sums[lag]!.length; h++) {
      const forecast = phi1 * newest + phi2 * older;
      older = newest;
      newest = forecast;
      total += forecast;
      sums[lag]![h] = total;
    }
  }
}
