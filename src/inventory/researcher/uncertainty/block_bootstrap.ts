import { rng } from "../../../core/rng.ts";
import { integer } from "../../../genome/gene.ts";
import { requireNumber } from "../task.ts";
import type { UncertaintyMethod } from "./sampler.ts";

/** Bootstrap draws. */
const DRAWS = 400;

/**
 * Circular block bootstrap of past residuals, coins pooled. The uniform numbers that place the blocks are drawn once, so
 * that two refits differ by their residuals alone; draws take the coins in turn.
 */
export const blockBootstrap: UncertaintyMethod = {
  summary: "Circular block bootstrap of the residuals of the calibration window, coins pooled",
  genes: [integer("block", 1, 30)], // rows
  start: { block: 6 },
  warmUp: 0,
  refitEvery: 1,
  needs: [],
  source: "D. Politis, J. Romano, A circular block-resampling procedure for stationary data (1992)",
  run: (task, genes) => {
    const block = genes.block!;
    requireNumber(block, 1, 30, "block", true);
    const blocks = Math.ceil(Math.max(...task.horizons) / block);
    const random = rng("arimax", task.seedLabel);
    const starts = new Float64Array(DRAWS * blocks).map(() => random.uniform());
    const prefix = new Float64Array(task.rows + 1);
    return {
      draws: DRAWS,
      sums: (residuals, last, window, horizon, out) =>
        bootstrapSums({ residuals, sd: task.sd, last, window }, horizon, block, starts, prefix, out),
    };
  },
};

/** Residuals that are drawn from: rows last - window + 1 .. last of every coin. */
interface Residuals {
  /** In units of the volatility a row earlier; [coin][rows]. */
  readonly residuals: readonly Float64Array[];
  /** That volatility; [coin][rows]. */
  readonly sd: readonly Float64Array[];
  readonly last: number;
  readonly window: number;
}

/**
 * Draws sums of h rows from the last `window` residuals (centred), in circular blocks, drops their signs and sorts them;
 * divided by sqrt(h). Block b of draw d starts at floor(starts * window); draw d is of coin d modulo coins. A block is summed
 * in price and divided by the volatility before its first row, as a forecast is: volatility moves within it.
 *
 * @see D. Politis, J. Romano, A circular block-resampling procedure for stationary data (1992).
 */
function bootstrapSums(
  { residuals, sd, last, window }: Residuals,
  h: number,
  block: number,
  starts: Float64Array,
  prefix: Float64Array,
  out: Float64Array,
): void {
  const coins = residuals.length, perDraw = starts.length / out.length, length = Math.min(block, window);
  const root = Math.sqrt(h), first = last - window + 1;
  residuals.forEach((series, coin) => {
    const units = sd[coin]!;
    let mean = 0;
    for (let k = 0; k < window; k++) mean += series[first + k]! / window;
    for (let k = 0; k < window; k++) {
      prefix[k + 1] = prefix[k]! + (series[first + k]! - mean) * units[first + k - 1]!;
    }
    for (let d = coin; d < out.length; d += coins) {
      let sum = 0, left = h;
      for (let b = 0; b < perDraw && left > 0; b++) {
        const start = Math.floor(starts[d * perDraw + b]! * window), take = Math.min(length, left);
        const end = start + take;
        const moved = end <= window
          ? prefix[end]! - prefix[start]!
          : prefix[window]! - prefix[start]! + prefix[end - window]!; // round the end
        sum += moved / units[first + start - 1]!;
        left -= take;
      }
      out[d] = Math.abs(sum) / root;
    }
  });
  out.sort();
}
