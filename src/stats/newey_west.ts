import { autocovariances } from "./autocorrelation.ts";
import { mean } from "./moments.ts";
import { twoSidedNormal } from "./normal.ts";
import { requireFinite } from "./require.ts";
import { studentised } from "./studentised.ts";

/** A mean with its standard error, their ratio, and the two-sided p-value of "the mean is 0". */
export interface MeanTest {
  readonly mean: number;
  readonly se: number;
  readonly t: number;
  readonly p: number;
}

/**
 * Mean of a series whose values may be correlated with the `lag` values before them: Bartlett-weighted
 * long-run variance gamma_0 + 2 sum (1 - k / (lag + 1)) gamma_k over n, no small-sample correction.
 * A series that never moves has se 0: t 0 and p 1 if it is zero throughout, else t infinite and p 0.
 *
 * @param lag Bars of correlation allowed for, an integer in 0..n-1; 5 for four-hour returns.
 * @throws {RangeError} If a value is not finite.
 * @see W. K. Newey, K. D. West, Econometrica 55 (1987) 703.
 */
export function neweyWest(values: ArrayLike<number>, lag: number): MeanTest {
  requireFinite(values, "a Newey-West test");
  const centre = mean(values);
  const se = neweyWestError(values, lag);
  const t = studentised(centre, se);
  return { mean: centre, se, t, p: twoSidedNormal(t) };
}

/** Standard error of the mean as in `neweyWest`; exactly 0 for a series that never moves. */
export function neweyWestError(values: ArrayLike<number>, lag: number): number {
  const covariances = autocovariances(values, lag);
  let variance = covariances[0]!;
  for (let k = 1; k <= lag; k++) variance += 2 * (1 - k / (lag + 1)) * covariances[k]!;
  return Math.sqrt(Math.max(0, variance) / values.length);
}
