import type { Labels } from "../labels.ts";
import { kernelsOf } from "./kernels.ts";
import { ridgePenalty, solvePenalised, walkMoments } from "./moments.ts";
import { decayOf, type ForecastTask, isRefit, MIN_ROWS } from "../task.ts";

/**
 * Exponentially forgotten ridge regression of the standardised labels on (1, x), one for each horizon, the
 * listed coins pooled, refitted every 42 rows.
 *
 * @param coins The coins that share coefficients and are forecast.
 * @param halfLife Rows after which a row counts half.
 * @returns Standardised predictions [horizon][coin][rows], 0 before the first fit; empty for coins not listed.
 */
export function ridgePredictions(
  task: ForecastTask,
  coins: readonly number[],
  labels: Labels,
  halfLife: number,
): Float64Array[][] {
  const out = task.horizons.map(() =>
    task.returns.map((_, c) => new Float64Array(coins.includes(c) ? task.rows : 0))
  );
  const size = task.width + 1, kernels = kernelsOf(size, task.straightLine);
  const design = coins.map((c) => task.design[c]!), into = out.map((series) => coins.map((c) => series[c]!));
  const coefficients = task.horizons.map(() => new Float64Array(size));
  const work = new Float64Array(size * size), penalty = new Float64Array(size);
  walkMoments(task, coins, labels.clipped, decayOf(halfLife), (s, moments) => {
    for (let j = 0; j < task.horizons.length; j++) {
      const t = s + task.horizons[j]!; // the first row at which the label of row s is known
      if (t >= task.rows || s + 1 < MIN_ROWS) continue;
      const b = coefficients[j]!;
      if (isRefit(task, t)) {
        penalty.fill(ridgePenalty(moments.weight, task.shrinkage));
        solvePenalised(moments.gram, moments.cross[j]!, penalty, work, b, kernels);
      }
      kernels.predict(b, design, t * task.width, into[j]!, t);
    }
  });
  return out;
}
