import { pinballLoss } from "./proper_scores.ts";
import { requireFinite, requireInteger, requireSameLength } from "./require.ts";

/**
 * Levels (k - 1/2) / count, k = 1..count: one common dense set on which forecasts of any kind can be scored. 99 of them
 * give the expected score of a perfect N(0, 1) forecast to 6e-5. Shape [count].
 */
export function denseLevels(count: number): Float64Array {
  requireInteger(count, 1, "the number of levels");
  return Float64Array.from({ length: count }, (_, k) => (k + 0.5) / count);
}

/**
 * Continuous ranked probability score from quantiles of a forecast: twice the integral over levels of the pinball
 * loss, each level standing for the levels nearer to it than to its neighbours. Comparable with the closed forms
 * of `crpsNormal` and its kin where the levels are dense (`denseLevels`); over few levels it is too small, by how much
 * depends on which they are, so compare forecasts on one set only.
 *
 * @param levels Ascending in (0, 1).
 * @param quantiles Forecast quantile at each level.
 * @param y Outcome.
 * @throws {RangeError} If the levels do not ascend in (0, 1) or a quantile is not finite.
 * @see F. Laio, S. Tamea, Hydrology and Earth System Sciences 11 (2007) 1267; T. Gneiting, R. Ranjan, JBES 29 (2011) 411.
 */
export function crpsOfQuantiles(levels: ArrayLike<number>, quantiles: ArrayLike<number>, y: number): number {
  requireSameLength(levels, quantiles, "a score of quantiles");
  requireInteger(levels.length, 1, "the number of levels");
  requireFinite(quantiles, "a score of quantiles");
  let sum = 0, from = 0;
  for (let k = 0; k < levels.length; k++) {
    const level = levels[k]!;
    if (!(level > from && level < 1)) {
      throw new RangeError(
        `Cannot score quantiles as levels must ascend in (0, 1): current value at ${k} is ${level}`,
      );
    }
    const to = k + 1 < levels.length ? (level + levels[k + 1]!) / 2 : 1;
    sum += (to - from) * pinballLoss(level, quantiles[k]!, y);
    from = to;
  }
  return 2 * sum;
}
