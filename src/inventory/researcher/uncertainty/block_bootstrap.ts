import { rng } from "../../../core/rng.ts";
import { integer } from "../../../genome/gene.ts";
import { requireNumber } from "../task.ts";
import type { UncertaintyMethod } from "./sampler.ts";

/** Bootstrap draws. */
const DRAWS = 200;

/**
 * Circular block bootstrap of past residuals. The uniform numbers that place the blocks are drawn once, so that
 * two refits differ by their residuals alone.
 */
export const blockBootstrap: UncertaintyMethod = {
  summary: "Circular block bootstrap of the residuals of the calibration window",
  genes: [integer("block", 1, 30)], // rows
  start: { block: 6 },
  warmUp: 0,
  refitEvery: 1,
  needs: [],
  run: (task, genes) => {
    const block = genes.block!;
    requireNumber(block, 1, task.calibrationWindow, "block", true);
    const blocks = Math.ceil(Math.max(...task.horizons) / block);
    const random = rng("arimax", task.seedLabel);
    const starts = new Float64Array(DRAWS * blocks).map(() => random.uniform());
    const prefix = new Float64Array(2 * task.calibrationWindow + 1);
    return {
      draws: DRAWS,
      sums: (residuals, last, window, horizon, scale, out) =>
        bootstrapSums(residuals, last, window, horizon, block, starts, scale, prefix, out),
    };
  },
};

/**
 * Draws sums of h rows from the last `window` residuals (centred), in circular blocks, and sorts them;
 * divided by sqrt(h) and multiplied by `scale`. Block b of draw d starts at floor(starts * window).
 *
 * @see D. Politis, J. Romano, A circular block-resampling procedure for stationary data (1992).
 */
function bootstrapSums(
  residuals: Float64Array,
  last: number,
  window: number,
  h: number,
  block: number,
  starts: Float64Array,
  scale: number,
  prefix: Float64Array,
  out: Float64Array,
): void {
  let mean = 0;
  for (let k = 0; k < window; k++) mean += residuals[last - k]! / window;
  prefix[0] = 0;
  for (let k = 0; k < 2 * window; k++) {
    prefix[k + 1] = prefix[k]! + residuals[last - window + 1 + k % window]! - mean;
  }
  const perDraw = starts.length / out.length, length = Math.min(block, window);
  for (let d = 0; d < out.length; d++) {
    let sum = 0, left = h;
    for (let b = 0; b < perDraw && left > 0; b++) {
      const start = Math.floor(starts[d * perDraw + b]! * window), take = Math.min(length, left);
      sum += prefix[start + take]! - prefix[start]!;
      left -= take;
    }
    out[d] = scale * sum / Math.sqrt(h);
  }
  out.sort();
}
