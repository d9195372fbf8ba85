import { decayOf, type ForecastTask, isRefit, MIN_ROWS } from "../task.ts";
import { createPredictions } from "./floor.ts";
import type { Predictions } from "./hedge.ts";

/**
 * Weights w >= 0 that minimise w'G w - 2 c'w + penalty |w - prior|^2, by coordinate descent.
 *
 * @param gram Row-major [n][n], symmetric.
 * @param weights Where it starts, and where the weights are written; [n].
 */
export function nonNegativeWeights(
  gram: Float64Array,
  cross: Float64Array,
  prior: Float64Array,
  penalty: number,
  weights: Float64Array,
): void {
  const n = weights.length;
  for (let pass = 0; pass < 200; pass++) {
    let moved = 0;
    for (let i = 0; i < n; i++) {
      const own = gram[i * n + i]! + penalty;
      let left = cross[i]! + penalty * prior[i]!;
      for (let k = 0; k < n; k++) if (k !== i) left -= gram[i * n + k]! * weights[k]!;
      const next = own > 0 ? Math.max(0, left / own) : prior[i]!;
      moved = Math.max(moved, Math.abs(next - weights[i]!));
      weights[i] = next;
    }
    if (moved < 1e-10) return;
  }
}

/**
 * Stacks members: their weights are those, not negative, under which the predictions that they made at rows s <= t - h explain the
 * labels of those rows best. A member's prediction was made before its label was known, so no refit is needed to keep
 * the weights honest. Coins together, the past forgotten, drawn to the first member alone.
 *
 * @param halfLife Rows after which a label counts half.
 * @see D. Wolpert, Neural Networks 5 (1992) 241; L. Breiman, Machine Learning 24 (1996) 49.
 */
export function stack(
  task: ForecastTask,
  members: readonly Predictions[],
  labels: readonly (readonly Float64Array[])[],
  halfLife: number,
): Predictions {
  const { rows, horizons } = task, coins = task.returns.length, n = members.length, decay = decayOf(halfLife);
  const out = createPredictions(task);
  horizons.forEach((h, j) => {
    const said = members.map((member) => member[j]!),
      gram = new Float64Array(n * n),
      cross = new Float64Array(n);
    const prior = new Float64Array(n), weights = new Float64Array(n), row = new Float64Array(n);
    prior[0] = weights[0] = 1;
    let seen = 0;
    for (let t = 0; t < rows; t++) {
      const s = t - h;
      if (s >= MIN_ROWS) {
        for (let i = 0; i < gram.length; i++) gram[i] = decay * gram[i]!;
        for (let i = 0; i < n; i++) cross[i] = decay * cross[i]!;
        seen = decay * seen + coins;
        for (let c = 0; c < coins; c++) {
          const y = labels[j]![c]![s]!;
          for (let i = 0; i < n; i++) row[i] = said[i]![c]![s]!;
          for (let i = 0; i < n; i++) {
            cross[i] = cross[i]! + y * row[i]!;
            for (let k = 0; k < n; k++) gram[i * n + k] = gram[i * n + k]! + row[i]! * row[k]!;
          }
        }
      }
      if (seen > 0 && isRefit(task, t)) {
        let trace = 0;
        for (let i = 0; i < n; i++) trace += gram[i * n + i]! / n;
        // A tenth of what members vary at shrinkage 0; overlapping labels tell h times less.
        nonNegativeWeights(gram, cross, prior, h * (.1 + task.shrinkage) * trace, weights);
      }
      for (let c = 0; c < coins; c++) {
        let sum = 0;
        for (let i = 0; i < n; i++) sum += weights[i]! * said[i]![c]![t]!;
        out[j]![c]![t] = sum;
      }
    }
  });
  return out;
}
