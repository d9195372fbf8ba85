import { createSortedWindow } from "../../../core/sorted_window.ts";
import { plainMethod } from "../../method.ts";
import { conformalQuantile } from "../../models/conformal.ts";
import { COVERAGES } from "../distribution/levels.ts";
import { copyShape, type Shape, SHAPE_WIDTH } from "../distribution/shape.ts";
import type { CalibrationInput, CalibrationMethod } from "./calibration.ts";
import { walkStretches } from "./stretch_walk.ts";

/** Least scores by which a shape is replaced; with fewer the promise of .98 would have no bound. */
export const LEAST_SCORES = 60;

/** Half-widths that are conformal quantiles of past scores, nothing of the shape that was given. */
export const splitConformal: CalibrationMethod = plainMethod(
  "Split conformal: half-widths are the ceil((n + 1) p)-th smallest scores of the calibration window",
  conformalShape,
  {
    source:
      "V. Vovk et al., Algorithmic Learning in a Random World (2005); J. Lei et al., JASA 113 (2018) 1094",
  },
);

/**
 * Of the last `calibrationWindow` independent outcomes of all coins, each in units of its own width: the conformal quantiles.
 * A promise that asks for more scores than there are keeps the wider of the given half-width and the largest score.
 */
function conformalShape(input: CalibrationInput): Shape {
  const out = copyShape(input.shape), coins = input.centre.length;
  const ring = new Float64Array(input.task.calibrationWindow * coins),
    window = createSortedWindow(ring.length);
  const { values: sorted } = window;
  let next = 0;
  walkStretches(input, "independent", (_, scores) => {
    for (let c = 0; c < scores.length; c++) {
      if (window.size < ring.length) window.insert(scores[c]!);
      else window.replace(ring[next]!, scores[c]!);
      ring[next] = scores[c]!;
      next = (next + 1) % ring.length;
    }
  }, (stretch) => {
    const { size } = window;
    if (size < Math.min(LEAST_SCORES, ring.length)) return;
    let squares = 0;
    for (let i = 0; i < size; i++) squares += sorted[i]! * sorted[i]! / size;
    out.sd[stretch] = Math.max(1e-6, Math.sqrt(squares));
    for (let k = 0; k < SHAPE_WIDTH; k++) {
      const at = stretch * SHAPE_WIDTH + k, found = conformalQuantile(sorted, size, COVERAGES[k]!);
      out.halfWidths[at] = found === Infinity
        ? Math.max(out.halfWidths[at]!, sorted[size - 1]!)
        : Math.max(1e-9, found);
    }
  });
  return out;
}
