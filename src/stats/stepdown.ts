import type { IndexStream } from "./bootstrap.ts";
import { exceedanceCount } from "./exceedance.ts";
import { requireInteger, requireSameLength } from "./require.ts";
import { resampledMeans } from "./resampled_means.ts";
import { studentised } from "./studentised.ts";

/**
 * Romano and Wolf's stepdown: p-values of "strategy k does not beat the benchmark", adjusted for all K,
 * that control the family-wise error while using the dependence between strategies. One-sided, in the
 * order of the input, in (0, 1]. Shape [K].
 *
 * @param differences Performance less that of the benchmark; [strategy][bars], see `resampledMeans`.
 * @param errors Standard error of each mean difference, such as Newey-West's; 0 for one that never moves.
 * @throws {RangeError} If a value is not finite or an error is negative or NaN.
 * @see J. P. Romano, M. Wolf, Econometrica 73 (2005) 1237.
 */
export function stepdown(
  differences: readonly ArrayLike<number>[],
  errors: readonly number[],
  draws: number,
  stream: IndexStream,
): Float64Array {
  requireInteger(draws, 1, "the number of draws");
  requireSameLength(differences, errors, "a stepdown test");
  errors.forEach((error, k) => {
    if (!(error >= 0 && error < Infinity)) {
      throw new RangeError(
        `Cannot compute a stepdown test as standard errors must be >= 0: current value of strategy ${k} is ${error}`,
      );
    }
  });
  const { means, next } = resampledMeans(differences, stream);
  const statistics = Float64Array.from(means, (centre, k) => studentised(centre, errors[k]!));
  const order = Array.from(statistics.keys()).sort((a, b) => descending(statistics[a]!, statistics[b]!));
  const counts = Array.from(statistics, (statistic) => exceedanceCount(statistic, "a stepdown test"));
  for (let draw = 0; draw < draws; draw++) {
    const row = next();
    let largest = -Infinity; // over the strategies not yet rejected when k's turn comes
    for (let place = order.length - 1; place >= 0; place--) {
      const k = order[place]!;
      largest = Math.max(largest, studentised(row[k]! - means[k]!, errors[k]!));
      counts[k]!.add(largest);
    }
  }
  const adjusted = new Float64Array(order.length);
  let running = 0;
  for (const k of order) {
    running = Math.max(running, counts[k]!.p());
    adjusted[k] = running;
  }
  return adjusted;
}

/** Larger first; a difference would be NaN between two infinite ones. */
function descending(a: number, b: number): number {
  return a === b ? 0 : a > b ? -1 : 1;
}
