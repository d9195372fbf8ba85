import { log } from "../../../genome/gene.ts";
import { integralPart, trackQuantile } from "../../models/conformal.ts";
import { COVERAGES } from "../distribution/levels.ts";
import { copyShape, type Shape, SHAPE_WIDTH, stretchOf } from "../distribution/shape.ts";
import { LABEL_CLIP } from "../labels.ts";
import type { CalibrationInput, CalibrationMethod } from "./calibration.ts";
import { walkStretches } from "./stretch_walk.ts";

/** Conformal PID control of every half-width, as a multiple of the one that was given. */
export const conformalPid: CalibrationMethod = {
  summary:
    "Conformal PID control: every half-width is tracked, pushed by the sum of what it missed, around a forecast of it",
  genes: [log("trackingRate", .002, .2)],
  start: { trackingRate: .02 },
  warmUp: 0,
  refitEvery: 1,
  needs: [],
  source:
    "A. Angelopoulos, E. Candes, R. Tibshirani, Conformal PID control for time series prediction, NeurIPS 36 (2023)",
  run: (input, genes) => controlledShape(input, genes.trackingRate!),
};

/** C_sat and K_I of the integral part, in multiples of the half-width. */
const SATURATION = 5, GAIN = .1;
/** Least multiple of a half-width. */
const LEAST = .2;

/**
 * The scorecaster of the paper is the half-width that was given, times the root of exponentially weighted squared scores
 * over its own variance (D); quantile tracking (P) and the saturated integral (I) move the multiple. Rows count 1/h.
 * `calibrationWindow` is the span of the squared scores, in independent outcomes.
 */
function controlledShape(input: CalibrationInput, rate: number): Shape {
  const { task, horizon, shape } = input, out = copyShape(shape), coins = input.centre.length;
  const h = task.horizons[horizon]!, weight = 2 / (task.calibrationWindow * h + 1);
  const tracked = new Float64Array(SHAPE_WIDTH).fill(1), sums = new Float64Array(SHAPE_WIDTH);
  let variance = 1, steps = 0;
  walkStretches(input, "every", (row, scores) => {
    const given = stretchOf(task.firstRow, row), from = given * SHAPE_WIDTH;
    steps += 1 / h;
    let squares = 0;
    for (const score of scores) squares += Math.min(score, LABEL_CLIP) ** 2 / coins;
    variance += weight * (squares / shape.sd[given]! ** 2 - variance);
    for (let k = 0; k < SHAPE_WIDTH; k++) {
      let missed = 0;
      for (const score of scores) if (score > out.halfWidths[from + k]!) missed += 1 / coins;
      tracked[k] = Math.max(LEAST, trackQuantile(tracked[k]!, 1 - COVERAGES[k]!, rate / h, missed));
      sums[k] = sums[k]! + (missed - (1 - COVERAGES[k]!)) / h;
    }
  }, (stretch) => {
    const forecast = Math.sqrt(variance);
    out.sd[stretch] = shape.sd[stretch]! * Math.max(LEAST, forecast);
    let least = 1e-9;
    for (let k = 0; k < SHAPE_WIDTH; k++) {
      const at = stretch * SHAPE_WIDTH + k,
        pushed = tracked[k]! + integralPart(sums[k]!, steps, SATURATION, GAIN);
      least = Math.max(least, shape.halfWidths[at]! * forecast * Math.max(LEAST, pushed));
      out.halfWidths[at] = least;
    }
  });
  return out;
}
