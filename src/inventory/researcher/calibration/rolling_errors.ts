import { plainMethod } from "../../method.ts";
import { COVERAGES } from "../distribution/levels.ts";
import { createRollingSample, type RollingSample } from "../distribution/rolling_sample.ts";
import { copyShape, type Shape, SHAPE_WIDTH, stretchOf } from "../distribution/shape.ts";
import { MIN_ROWS } from "../task.ts";
import { type CalibrationInput, type CalibrationMethod, trust } from "./calibration.ts";

/** Predictive distributions from the absolute errors of a rolling window. */
export const rollingErrors: CalibrationMethod = plainMethod(
  "Widths drawn towards the empirical quantiles of absolute errors over the calibration window",
  errorShape,
  { source: "V. Vovk, A. Gammerman, G. Shafer, Algorithmic Learning in a Random World (2005)" },
);

/**
 * Draws a shape towards what the last `calibrationWindow` independent errors were: those of every h-th row (absolute rows
 * divisible by h) that has matured, all coins together, each in units of its own `spread`, as in split conformal
 * prediction with normalised scores. Their root mean square and their quantiles count with weight `trust`, the shape that
 * was given with the rest: a hundred errors tell less of a tail than the market's whole past does.
 *
 * @see V. Vovk, A. Gammerman, G. Shafer, Algorithmic Learning in a Random World (2005); Lei et al., JASA 113 (2018), 5.2.
 */
export function errorShape(
  { task, horizon, centre, spread, label, shape }: CalibrationInput,
): Shape {
  const out = copyShape(shape), { firstRow, rows } = task, h = task.horizons[horizon]!, coins = centre.length;
  const errors = createRollingSample(task.calibrationWindow * coins);
  const first = MIN_ROWS + (h - (firstRow + MIN_ROWS) % h) % h;
  let last = 0;
  for (let s = first; s + h < rows; s += h) {
    renew(stretchOf(firstRow, s + h - 1)); // what begins before this row matures
    for (let c = 0; c < coins; c++) {
      errors.push(Math.abs(label[c]![s]! - centre[c]![s]!) / (spread ? spread[c]![s]! : 1));
    }
  }
  renew(out.sd.length - 1);
  return out;

  /** Writes the stretches up to `stretch` that were not yet. */
  function renew(stretch: number): void {
    const weight = trust(errors.size() / coins);
    for (; last < stretch && weight > 0; last++) drawTowards(out, last + 1, errors, weight);
    last = stretch;
  }
}

function drawTowards(shape: Shape, stretch: number, errors: RollingSample, weight: number): void {
  shape.sd[stretch] = Math.sqrt((1 - weight) * shape.sd[stretch]! ** 2 + weight * errors.meanSquare());
  for (let k = 0; k < SHAPE_WIDTH; k++) {
    const at = stretch * SHAPE_WIDTH + k;
    shape.halfWidths[at] = (1 - weight) * shape.halfWidths[at]! + weight * errors.quantile(COVERAGES[k]!);
  }
}
