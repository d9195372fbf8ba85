import { spanWeight } from "../../../core/series.ts";
import { plainMethod } from "../../method.ts";
import { COVERAGES } from "../distribution/levels.ts";
import { copyShape, type Shape, SHAPE_WIDTH, stretchOf } from "../distribution/shape.ts";
import { LABEL_CLIP } from "../labels.ts";
import { MIN_ROWS } from "../task.ts";
import { type CalibrationInput, type CalibrationMethod, trust } from "./calibration.ts";

/** Predictive distributions from exponentially weighted errors, with quantiles tracked online. */
export const trackedErrors: CalibrationMethod = plainMethod(
  "Width drawn towards exponentially weighted errors, quantiles tracked online",
  trackErrors,
  { source: "I. Gibbs, E. Candes, NeurIPS 34 (2021)" },
);

/** The least multiple of the given half-widths that tracking goes down to. */
const LEAST_MULTIPLE = .2;

/**
 * Multiplies a shape by what is tracked row by row: of squared errors over the shape's own variance the exponentially
 * weighted mean v, v += w (e^2 - v), and of every coverage p a multiple a of its half-width, a += eta (p - 1{|e| < a q}). Both
 * start at 1. All coins of a matured row enter, and a row counts 1/h since outcomes of h bars overlap: the span of v and
 * 1/eta are `calibrationWindow` times h rows. Taken over at each refit with weight `trust`.
 *
 * @see I. Gibbs, E. Candes, NeurIPS 34 (2021) and A. Angelopoulos, E. Candes, R. Tibshirani, NeurIPS 36 (2023) (quantile tracking).
 */
function trackErrors({ task, horizon, centre, spread, label, shape }: CalibrationInput): Shape {
  const out = copyShape(shape), { firstRow, rows } = task, h = task.horizons[horizon]!, coins = centre.length;
  const span = task.calibrationWindow * h, weight = spanWeight(span), step = 1 / (span * coins);
  const counted = trust(task.calibrationWindow);
  const multiples = new Float64Array(SHAPE_WIDTH).fill(1);
  const first = MIN_ROWS + h;
  let variance = 1, last = stretchOf(firstRow, first - 1);
  for (let t = first; t < rows; t++) {
    const s = t - h, given = stretchOf(firstRow, s), from = given * SHAPE_WIDTH;
    let squares = 0;
    for (let c = 0; c < coins; c++) {
      const error = Math.abs(label[c]![s]! - centre[c]![s]!) / (spread ? spread[c]![s]! : 1);
      squares += Math.min(error, LABEL_CLIP) ** 2;
      for (let k = 0; k < SHAPE_WIDTH; k++) {
        const inside = error < multiples[k]! * shape.halfWidths[from + k]! ? 1 : 0;
        multiples[k] = Math.max(LEAST_MULTIPLE, multiples[k]! + step * (COVERAGES[k]! - inside));
      }
    }
    variance += weight * (squares / (coins * shape.sd[given]! ** 2) - variance);
    const stretch = stretchOf(firstRow, t);
    if (stretch === last) continue;
    last = stretch;
    out.sd[stretch] = shape.sd[stretch]! * Math.sqrt(1 + counted * (variance - 1));
    let narrower = 0;
    for (let k = 0; k < SHAPE_WIDTH; k++) {
      const at = stretch * SHAPE_WIDTH + k;
      narrower = Math.max(narrower, shape.halfWidths[at]! * (1 + counted * (multiples[k]! - 1)));
      out.halfWidths[at] = narrower;
    }
  }
  return out;
}
