import type { ForecastTask } from "../task.ts";
import { type Kernels, kernelsOf } from "./kernels.ts";

/**
 * Weighted second moments of a regression on (1, x), forgotten exponentially: with z the intercept and the
 * regressors, gram = sum w z z', cross[h] = sum w z y_h, squares[h] = sum w y_h^2, weight = sum w.
 */
export interface Moments {
  /** Coefficients, width + 1; the intercept comes first. */
  readonly size: number;
  /** Row-major [size][size]; the lower triangle counts. */
  readonly gram: Float64Array;
  /** Per horizon, shape [size]. */
  readonly cross: readonly Float64Array[];
  /** Shape [horizon]. */
  readonly squares: Float64Array;
  weight: number;
}

/**
 * Walks over the rows, adds each row of the listed coins to the moments, and calls `visit(row, moments)`.
 *
 * At `visit(s, m)` the moments hold rows <= s and, for every horizon h, the labels of those same rows, the
 * last of which is known at row s + h. What is solved there may serve row s + h and later, never earlier.
 * One gram thus serves all horizons, each h rows late.
 *
 * @param labels Standardised labels, [horizon][coin][rows]; read up to row s where s + h is in the task.
 * @param decay Factor on all weights per row, in (0, 1].
 */
export function walkMoments(
  task: ForecastTask,
  coins: readonly number[],
  labels: readonly (readonly Float64Array[])[],
  decay: number,
  visit: (row: number, moments: Moments) => void,
): void {
  const { rows, width, horizons } = task;
  const size = width + 1, { addOuter, addScaled } = kernelsOf(size, task.straightLine);
  const cross = horizons.map(() => new Float64Array(size));
  const moments: Moments = {
    size,
    gram: new Float64Array(size * size),
    cross,
    squares: new Float64Array(horizons.length),
    weight: 0,
  };
  for (let s = 0; s < rows; s++) {
    let keep = decay; // the first coin of a row forgets the past, the others add
    for (const c of coins) {
      const x = task.design[c]!, offset = s * width;
      addOuter(moments.gram, x, offset, keep);
      moments.weight = keep * moments.weight + 1;
      for (let j = 0; j < horizons.length; j++) {
        if (s + horizons[j]! >= rows) continue;
        const y = labels[j]![c]![s]!;
        addScaled(cross[j]!, x, offset, y, keep);
        moments.squares[j] = keep * moments.squares[j]! + y * y;
      }
      keep = 1;
    }
    visit(s, moments);
  }
}

/**
 * Solves (gram + diag(penalty)) b = cross, the ridge normal equations.
 *
 * @param penalty Shape [size].
 * @param work Scratch of shape [size * size]; it holds the Cholesky factor afterwards.
 * @param out Shape [size]; the coefficients, untouched if the system is not positive definite.
 * @returns False if the system is not positive definite.
 */
export function solvePenalised(
  gram: Float64Array,
  cross: Float64Array,
  penalty: Float64Array,
  work: Float64Array,
  out: Float64Array,
  { factor, solve }: Pick<Kernels, "factor" | "solve"> = kernelsOf(penalty.length),
): boolean {
  if (!factor(gram, penalty, work)) return false;
  out.set(cross);
  solve(work, out);
  return true;
}

/** A ridge this small, relative to the weight of the sample, keeps empty and collinear columns solvable. */
const LEAST_RIDGE = 1e-6;

/**
 * The ridge penalty under which the coefficient of an isolated regressor of unit variance is multiplied by
 * 1 - shrinkage: weight s / (1 - s). The intercept counts as such a regressor, which pulls the mean to 0,
 * the forecast of a martingale.
 */
export function ridgePenalty(weight: number, shrinkage: number): number {
  return weight * (shrinkage / (1 - shrinkage) + LEAST_RIDGE);
}
