import { plainMethod } from "../../method.ts";
import { COVERAGES } from "../distribution/levels.ts";
import { copyShape, type Shape, SHAPE_WIDTH, stretchStart } from "../distribution/shape.ts";
import { quantileOfSorted } from "../distribution/sorted_quantile.ts";
import { LABEL_CLIP } from "../labels.ts";
import { MIN_ROWS } from "../task.ts";
import { type CalibrationInput, type CalibrationMethod, trust } from "./calibration.ts";

/** Predictive distributions from the absolute errors of a rolling window. */
export const rollingErrors: CalibrationMethod = plainMethod(
  "Widths drawn towards the empirical quantiles of absolute errors over the calibration window",
  errorShape,
);

/**
 * Draws a shape towards what the last `calibrationWindow` independent errors were: those of every h-th row that has
 * matured, all coins together, each in units of its own `spread`, as in split conformal prediction with normalised
 * scores. Their root mean square and their quantiles count with weight `trust`, the shape that was given with the rest:
 * a hundred errors tell less of a tail than the market's whole past does.
 *
 * @see V. Vovk, A. Gammerman, G. Shafer, Algorithmic Learning in a Random World (2005); Lei et al., JASA 113 (2018), 5.2.
 */
export function errorShape(
  { task, horizon, centre, spread, label, shape }: CalibrationInput,
): Shape {
  const out = copyShape(shape), h = task.horizons[horizon]!, coins = centre.length;
  const errors = new Float64Array(task.calibrationWindow * coins);
  for (let stretch = 1; stretch < out.sd.length; stretch++) {
    const row = stretchStart(task.firstRow, stretch);
    let n = 0, squares = 0;
    for (let s = row - h, k = 0; s >= MIN_ROWS && k < task.calibrationWindow; s -= h, k++) {
      for (let c = 0; c < coins; c++) {
        const error = Math.abs(label[c]![s]! - centre[c]![s]!) / (spread ? spread[c]![s]! : 1);
        errors[n++] = error;
        squares += Math.min(error, LABEL_CLIP) ** 2;
      }
    }
    if (n === 0) continue;
    const sorted = errors.subarray(0, n).sort(), weight = trust(n / coins);
    out.sd[stretch] = Math.sqrt((1 - weight) * shape.sd[stretch]! ** 2 + weight * squares / n);
    for (let k = 0; k < SHAPE_WIDTH; k++) {
      const at = stretch * SHAPE_WIDTH + k;
      out.halfWidths[at] = (1 - weight) * shape.halfWidths[at]! +
        weight * quantileOfSorted(sorted, n, COVERAGES[k]!);
    }
  }
  return out;
}
