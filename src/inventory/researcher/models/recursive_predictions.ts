import { addRecursiveRow, createRecursiveFit } from "../../models/recursive_least_squares.ts";
import { type ForecastTask, MIN_ROWS } from "../task.ts";
import { createPredictions } from "./floor.ts";
import type { Predictions } from "./hedge.ts";

/** Rows that may be remembered, at least and at most. */
export const WINDOW_BOUNDS = { least: 120, most: 4000 } as const;
/** Prior variance of a coefficient over the noise's: features explain little. */
const PRIOR = 1e-3;

/**
 * Recursive least squares of what a prediction leaves of the labels on (1, x), coins together, at every row, with a window
 * that adapts: the forgetting factor falls where errors are larger than they were, so that 1 - keep = usual (1 - leverage) e^2 over
 * its running mean, within bounds. The label of row s over h rows enters at row s + h.
 *
 * @param base What is left to be explained is the label less this; [horizon][coin][rows].
 * @param window Rows remembered while errors are as they were.
 * @returns What is added to `base`, multiplied by 1 - shrinkage; [horizon][coin][rows].
 * @see T. Fortescue, L. Kershenbaum, B. Ydstie, Automatica 17 (1981) 831.
 */
export function recursivePredictions(
  task: ForecastTask,
  labels: readonly (readonly Float64Array[])[],
  base: Predictions,
  window: number,
): Predictions {
  const { rows, width, horizons } = task, size = width + 1, coins = task.returns.length;
  const out = createPredictions(task), share = 1 - task.shrinkage;
  const designs = task.design.map((x) => withIntercept(x, rows, width)), work = new Float64Array(size);
  const most = 1 - 1 / WINDOW_BOUNDS.most, least = 1 - 1 / WINDOW_BOUNDS.least;
  horizons.forEach((h, j) => {
    const fit = createRecursiveFit(size, PRIOR), { coefficients: b } = fit;
    let usual = 1;
    for (let t = 0; t < rows; t++) {
      const s = t - h;
      if (s >= 0) {
        let squares = 0;
        for (let c = 0; c < coins; c++) {
          const x = designs[c]!;
          let error = labels[j]![c]![s]! - base[j]![c]![s]!;
          for (let i = 0; i < size; i++) error -= b[i]! * x[s * size + i]!;
          squares += Math.min(error * error, 9) / coins;
        }
        const keep = Math.max(least, Math.min(most, 1 - squares / usual / window));
        usual += (squares - usual) / window;
        for (let c = 0; c < coins; c++) { // labels of h overlapping rows tell as much as every h-th
          const y = labels[j]![c]![s]! - base[j]![c]![s]!;
          addRecursiveRow(fit, designs[c]!, s * size, y, c === 0 ? keep : 1, work);
        }
      }
      if (s + 1 < MIN_ROWS) continue;
      for (let c = 0; c < coins; c++) {
        const x = designs[c]!;
        let said = 0;
        for (let i = 0; i < size; i++) said += b[i]! * x[t * size + i]!;
        out[j]![c]![t] = share * said;
      }
    }
  });
  return out;
}

function withIntercept(x: Float64Array, rows: number, width: number): Float64Array {
  const size = width + 1, out = new Float64Array(rows * size);
  for (let t = 0; t < rows; t++) {
    out[t * size] = 1;
    for (let i = 0; i < width; i++) out[t * size + 1 + i] = x[t * width + i]!;
  }
  return out;
}
