import type { IndexStream } from "./bootstrap.ts";
import { exceedanceCount } from "./exceedance.ts";
import { requireInteger } from "./require.ts";
import { resampledMeans } from "./resampled_means.ts";

/** White's Reality Check. */
export interface RealityCheck {
  /** sqrt(T) times the largest mean difference. */
  readonly statistic: number;
  /** In (0, 1], (1 + draws that reach the statistic) / (1 + draws). */
  readonly p: number;
}

/**
 * Reality Check: is the best of K strategies better than the benchmark, given that it is the best of K?
 *
 * @param differences Performance less that of the benchmark; [strategy][bars], see `resampledMeans`.
 * @param draws Bootstrap resamples.
 * @param stream Stationary bootstrap of the rows, shared by all strategies.
 * @throws {RangeError} If a value is not finite.
 * @see H. White, Econometrica 68 (2000) 1097.
 */
export function realityCheck(
  differences: readonly ArrayLike<number>[],
  draws: number,
  stream: IndexStream,
): RealityCheck {
  requireInteger(draws, 1, "the number of draws");
  const { n, means, next } = resampledMeans(differences, stream);
  const statistic = Math.sqrt(n) * means.reduce((best, centre) => Math.max(best, centre), -Infinity);
  const count = exceedanceCount(statistic, "a Reality Check");
  for (let draw = 0; draw < draws; draw++) {
    const row = next();
    let largest = -Infinity;
    for (let k = 0; k < means.length; k++) largest = Math.max(largest, row[k]! - means[k]!);
    count.add(Math.sqrt(n) * largest);
  }
  return { statistic, p: count.p() };
}
