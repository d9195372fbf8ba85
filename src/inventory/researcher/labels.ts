import { oncePerTask } from "./once_per_task.ts";
import type { ForecastTask } from "./task.ts";

/** Standardised labels beyond this many standard deviations are cut to it before a mean is fitted to them. */
export const LABEL_CLIP = 5;

/** What a task's rows turned out to be, in standardised units; [horizon][coin], shape [rows]. */
export interface Labels {
  /**
   * (close[s+h] / close[s] - 1) / (sd[s] sqrt(h)) at row s, from products of 1 + returns. It is known at
   * row s + h; NaN where that lies behind the last row, so that a label read too early shows.
   */
  readonly raw: readonly (readonly Float64Array[])[];
  /** The same cut to +-LABEL_CLIP: least squares would follow the fat tails of 4-hour returns. */
  readonly clipped: readonly (readonly Float64Array[])[];
}

/** Labels of every coin over every horizon of a task. */
export const standardisedLabels: (task: ForecastTask) => Labels = oncePerTask((task) =>
  labelsOver(task, task.horizons)
);

/** Labels of every coin over any horizons. */
export function labelsOver(task: ForecastTask, horizons: readonly number[]): Labels {
  const growth = task.returns.map(cumulativeGrowth);
  const raw = horizons.map((h) =>
    growth.map((level, c) => {
      const out = new Float64Array(task.rows).fill(NaN), sd = task.sd[c]!, root = Math.sqrt(h);
      for (let s = 0; s + h < task.rows; s++) out[s] = (level[s + h]! / level[s]! - 1) / (sd[s]! * root);
      return out;
    })
  );
  return { raw, clipped: raw.map((coins) => coins.map(clip)) };
}

/**
 * One-bar returns in units of the standard deviation known before the bar, returns[t] / sd[t-1], cut to
 * +-LABEL_CLIP; 0 at row 0. Shape [coin][rows].
 */
export const standardisedReturns: (task: ForecastTask) => readonly Float64Array[] = oncePerTask((task) =>
  task.returns.map((returns, c) => {
    const out = new Float64Array(task.rows), sd = task.sd[c]!;
    for (let t = 1; t < task.rows; t++) out[t] = returns[t]! / sd[t - 1]!;
    return clip(out);
  })
);

/** Products of 1 + returns: the price over that of the first row. Shape [rows]. */
export function cumulativeGrowth(returns: Float64Array): Float64Array {
  const out = new Float64Array(returns.length);
  let level = 1;
  for (let t = 0; t < returns.length; t++) {
    level *= 1 + returns[t]!;
    out[t] = level;
  }
  return out;
}

function clip(values: Float64Array): Float64Array {
  const out = new Float64Array(values.length);
  for (let i = 0; i < values.length; i++) {
    out[i] = Math.max(-LABEL_CLIP, Math.min(LABEL_CLIP, values[i]!));
  }
  return out;
}
