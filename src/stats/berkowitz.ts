import { chiSquareTail } from "./chi_square.ts";
import { requireMovement } from "./constant.ts";
import type { LikelihoodRatioTest } from "./coverage.ts";
import { mean } from "./moments.ts";
import { normalInverse } from "./normal.ts";
import { requireCount } from "./require.ts";

/**
 * Berkowitz's test of probability integral transforms: are their normal scores independent N(0, 1), against a normal
 * AR(1) of any mean, memory and variance (conditional likelihood, three degrees of freedom)? It sees forecasts that
 * are off in place or width and errors that run on, where a test of uniformity sees the histogram alone.
 *
 * @param transforms F_t(y_t) in (0, 1), in the order of time, at least 10. Forecasts must not overlap: over h bars
 *   take every h-th.
 * @throws {RangeError} If a transform is outside (0, 1), or all are the same.
 * @see J. Berkowitz, Journal of Business and Economic Statistics 19 (2001) 465, eq. 7.
 */
export function berkowitzTest(transforms: ArrayLike<number>): LikelihoodRatioTest {
  requireCount(transforms, 10, "a Berkowitz test");
  requireMovement(transforms, "the transforms", "a Berkowitz test");
  const z = Float64Array.from(transforms, normalInverse);
  const before = z.subarray(0, -1), after = z.subarray(1), n = after.length;
  const mx = mean(before), my = mean(after);
  let xx = 0, xy = 0, squares = 0;
  for (let i = 0; i < n; i++) {
    xx += (before[i]! - mx) ** 2;
    xy += (before[i]! - mx) * (after[i]! - my);
  }
  const rho = xx > 0 ? xy / xx : 0;
  for (let i = 0; i < n; i++) squares += (after[i]! - my - rho * (before[i]! - mx)) ** 2;
  let plain = 0; // minus twice the log-likelihood under independence and N(0, 1), without n ln 2 pi
  for (const value of after) plain += value * value;
  const ratio = Math.max(0, plain - n * Math.log(squares / n) - n);
  return { ratio, p: chiSquareTail(ratio, 3) };
}
