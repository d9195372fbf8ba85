import { autocovariances } from "./autocorrelation.ts";
import { mean } from "./moments.ts";
import { twoSidedNormal } from "./normal.ts";

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
 * @see W. K. Newey, K. D. West, Econometrica 55 (1987) 703.
 */
export function neweyWest(values: ArrayLike<number>, lag: number): MeanTest {
  const centre = mean(values);
  const se = neweyWestError(values, lag);
  if (se === 0) {
    return centre === 0
      ? { mean: 0, se, t: 0, p: 1 }
      : { mean: centre, se, t: Math.sign(centre) * Infinity, p: 0 };
  }
  const t = centre / se;
  return { mean: centre, se, t, p: twoSidedNormal(t) };
}

/** Standard error of the mean as in `neweyWest`. */
export function neweyWestError(values: ArrayLike<number>, lag: number): number {
  const covariances = autocovariances(values, lag);
  let variance = covariances[0]!;
  for (let k = 1; k <= lag; k++) variance += 2 * (1 - k / (lag + 1)) * covariances[k]!;
  return isConstant(values) ? 0 : Math.sqrt(Math.max(0, variance) / values.length);
}

function isConstant(values: ArrayLike<number>): boolean {
  for (let i = 1; i < values.length; i++) if (values[i] !== values[0]) return false;
  return true;
}
