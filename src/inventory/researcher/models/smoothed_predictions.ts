import { bestTrend } from "../../models/smoothing_grid.ts";
import { type ForecastTask, isRefit, MIN_ROWS } from "../task.ts";
import { cumulativePower } from "./arma.ts";
import { createPredictions } from "./floor.ts";
import type { Predictions } from "./hedge.ts";

/** Parameters that are tried: weight of the newest row in the level and in the slope. */
const ALPHAS = [.7, .85, 1], BETAS = [.002, .01, .05];
/** What is left of the slope a row later. */
const DAMPING = .98;

/**
 * Damped Holt smoothing of each coin's standardised walk: where it expects the walk after h rows less where it is, over sqrt(h),
 * multiplied by 1 - shrinkage. Parameters are those of least squared one-row errors over the last `memory` rows, chosen again every
 * 42 rows.
 *
 * @returns [horizon][coin][rows]; 0 before the first choice.
 */
export function smoothedPredictions(
  task: ForecastTask,
  returns: readonly Float64Array[],
  memory: number,
): Predictions {
  const out = createPredictions(task), keep = 1 - task.shrinkage;
  const reach = task.horizons.map((h) => DAMPING * cumulativePower(DAMPING, h));
  returns.forEach((z, c) => {
    const walk = new Float64Array(task.rows);
    let level = 0, slope = 0, alpha = 0, beta = 0;
    for (let t = 1; t < task.rows; t++) {
      walk[t] = walk[t - 1]! + z[t]!;
      if (t < MIN_ROWS) continue;
      if (isRefit(task, t)) {
        const first = Math.max(0, t - memory + 1);
        ({ alpha, beta, level, slope } = bestTrend(walk, ALPHAS, BETAS, DAMPING, first, t));
      } else if (alpha > 0) {
        const carried = DAMPING * slope, before = level;
        level += carried + alpha * (walk[t]! - level - carried);
        slope = beta * (level - before) + (1 - beta) * carried;
      }
      if (alpha === 0) continue;
      for (let j = 0; j < reach.length; j++) {
        out[j]![c]![t] = keep * (level - walk[t]! + reach[j]! * slope) / Math.sqrt(task.horizons[j]!);
      }
    }
  });
  return out;
}
