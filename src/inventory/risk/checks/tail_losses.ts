import { createSortedWindow } from "../../../core/sorted_window.ts";

/** Rows of history behind a tail, and rows of the day that it is scaled to. */
export const TAIL_WINDOW = 250;
const DAY_ROWS = 6;
/** Least loss of a row that is believed: a plan that never moved is not without risk. */
const LEAST_LOSS = 1e-4;

/** Value at risk and expected shortfall of one day, as fractions of the exposure; shape [rows], 0 while warming up. */
export interface TailLosses {
  readonly valueAtRisk: Float64Array;
  readonly shortfall: Float64Array;
}

/**
 * Historical one-day losses of a series of bar returns at a tail probability: the quantile of the last 250 rows and the mean
 * of those beyond it, times the root of a day.
 */
export function tailLosses(returns: Float64Array, level: number): TailLosses {
  const valueAtRisk = new Float64Array(returns.length), shortfall = new Float64Array(returns.length);
  const count = Math.max(1, Math.ceil(level * TAIL_WINDOW)), window = createSortedWindow(TAIL_WINDOW);
  const root = Math.sqrt(DAY_ROWS);
  for (let t = 0; t < returns.length; t++) {
    if (t >= TAIL_WINDOW) window.replace(returns[t - TAIL_WINDOW]!, returns[t]!);
    else window.insert(returns[t]!);
    if (window.size < TAIL_WINDOW) continue;
    let sum = 0;
    for (let i = 0; i < count; i++) sum += window.values[i]!;
    valueAtRisk[t] = Math.max(-window.values[count - 1]!, LEAST_LOSS) * root;
    shortfall[t] = Math.max(-sum / count, LEAST_LOSS) * root;
  }
  return { valueAtRisk, shortfall };
}
