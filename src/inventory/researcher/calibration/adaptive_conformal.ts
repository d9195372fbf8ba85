import { log } from "../../../genome/gene.ts";
import { adaptMiscoverage } from "../../models/conformal.ts";
import { COVERAGES } from "../distribution/levels.ts";
import { createRollingSample } from "../distribution/rolling_sample.ts";
import { copyShape, type Shape, SHAPE_WIDTH, stretchOf } from "../distribution/shape.ts";
import type { CalibrationInput, CalibrationMethod } from "./calibration.ts";
import { LEAST_SCORES } from "./split_conformal.ts";
import { walkStretches } from "./stretch_walk.ts";

/** Adaptive conformal inference: which quantile of past scores is taken moves with what came outside. */
export const adaptiveConformal: CalibrationMethod = {
  summary:
    "Adaptive conformal inference: the level of the quantile of past scores rises and falls with what it missed",
  genes: [log("conformalRate", .001, .1)],
  start: { conformalRate: .01 },
  warmUp: 0,
  refitEvery: 1,
  needs: [],
  source: "I. Gibbs, E. Candes, Adaptive conformal inference under distribution shift, NeurIPS 34 (2021)",
  run: (input, genes) => adaptiveShape(input, genes.conformalRate!),
};

/**
 * For each coverage a miscoverage of its own, moved row by row by what the half-widths of that row missed (the share of
 * coins, over h as outcomes of h rows overlap), and the quantile of past scores at it. At or below 0 it asks for no bound: the largest
 * score, and as much again, stands in. Half-widths stay in order.
 */
function adaptiveShape(input: CalibrationInput, rate: number): Shape {
  const { task, horizon, shape } = input, out = copyShape(shape), coins = input.centre.length;
  const h = task.horizons[horizon]!, scores = createRollingSample(task.calibrationWindow * coins);
  const misses = Float64Array.from(COVERAGES, (coverage) => 1 - coverage);
  walkStretches(input, "every", (row, fresh) => {
    const from = stretchOf(task.firstRow, row) * SHAPE_WIDTH;
    for (let k = 0; k < SHAPE_WIDTH; k++) {
      let missed = 0;
      for (const score of fresh) if (score > out.halfWidths[from + k]!) missed += 1 / coins;
      misses[k] = adaptMiscoverage(misses[k]!, 1 - COVERAGES[k]!, rate / h, missed);
    }
    if ((task.firstRow + row) % h === 0) { for (const score of fresh) scores.push(score); }
  }, (stretch) => {
    if (scores.size() < Math.min(LEAST_SCORES, task.calibrationWindow * coins)) return;
    out.sd[stretch] = Math.max(1e-6, Math.sqrt(scores.meanSquare()));
    let least = 1e-9;
    for (let k = 0; k < SHAPE_WIDTH; k++) {
      const level = 1 - misses[k]!, most = scores.quantile(1);
      const found = level >= 1 ? 2 * most : level <= 0 ? 0 : scores.quantile(level);
      least = Math.max(least, found);
      out.halfWidths[stretch * SHAPE_WIDTH + k] = least;
    }
  });
  return out;
}
