import type { Labels } from "../labels.ts";
import { type ForecastTask, MIN_ROWS } from "../task.ts";
import type { Predictions } from "./hedge.ts";
import { kernelsOf } from "./kernels.ts";
import { ridgePenalty, walkMoments } from "./moments.ts";

/**
 * Recursive least squares in information form: the gram and the cross moments are updated by each row and
 * the coefficients solved anew, which equals the usual recursion of P = gram^-1 but cannot wind up where a
 * regressor stands still. All horizons share one factor a row, since the gram that horizon h may use at row
 * t is that of row t - h: 3 solves for 1 factorisation. Shrinkage is a ridge as in `ridgePredictions`.
 *
 * @param forgetting Factor on all past weights per row, in (0, 1].
 * @returns Standardised predictions [horizon][coin][rows].
 */
export function recursivePredictions(task: ForecastTask, labels: Labels, forgetting: number): Predictions {
  const { rows, width, horizons } = task, size = width + 1;
  const out = horizons.map(() => task.returns.map(() => new Float64Array(rows)));
  const factor = new Float64Array(size * size), penalty = new Float64Array(size);
  const solutions = horizons.map(() => new Float64Array(size));
  const [first, second, third] = solutions as [Float64Array, Float64Array, Float64Array];
  const kernels = kernelsOf(size, task.straightLine);
  const coins = task.returns.map((_, c) => c);
  walkMoments(task, coins, labels.clipped, forgetting, (s, moments) => {
    if (s + 1 < MIN_ROWS) return;
    penalty.fill(ridgePenalty(moments.weight, task.shrinkage));
    if (!kernels.factor(moments.gram, penalty, factor)) return;
    for (let j = 0; j < horizons.length; j++) solutions[j]!.set(moments.cross[j]!);
    kernels.solveThree(factor, first, second, third);
    for (let j = 0; j < horizons.length; j++) {
      const t = s + horizons[j]!;
      if (t >= rows) continue;
      kernels.predict(solutions[j]!, task.design, t * width, out[j]!, t);
    }
  });
  return out;
}
