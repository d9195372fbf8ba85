import { autocovariances } from "./autocorrelation.ts";
import { requireMovement, ROUNDING } from "./constant.ts";
import { mean } from "./moments.ts";
import { requireFinite, requireInteger } from "./require.ts";
import { twoSidedStudent } from "./student.ts";

/** A test of equal accuracy. Negative favours the forecaster whose loss comes first in the difference. */
export interface AccuracyTest {
  /** Mean loss difference. */
  readonly mean: number;
  /** Diebold and Mariano's statistic. */
  readonly dm: number;
  /** The same with the small-sample factor of Harvey, Leybourne and Newbold. */
  readonly hln: number;
  /** Two-sided p-value of hln, Student with n - 1 degrees of freedom. */
  readonly p: number;
}

/**
 * Diebold-Mariano test of two forecasters that are not nested, on the difference of their losses. Equal losses
 * throughout give dm 0 and p 1.
 *
 * Size at 5 % with 100 forecasts: 5 % one bar ahead, 7 % six, 9 to 11 % twelve; with 1000 forecasts 5 %
 * (docs/TEST_SIZES.md). Where the horizon is long for the sample, test every h-th forecast with horizon 1, which stays
 * below 5 %; blocks as long as the horizon (`meanBootstrap`) do not help, 12 %.
 *
 * @param differences Loss of the first less loss of the second, forecast by forecast.
 * @param horizon Bars ahead of the forecasts; its h - 1 autocovariances enter the variance unweighted.
 * @throws {RangeError} If that variance is not positive, as may happen for a long horizon; if the losses differ by
 *   the same amount everywhere; if a value is not finite.
 * @see F. X. Diebold, R. S. Mariano, JBES 13 (1995) 253; D. Harvey, S. Leybourne, P. Newbold,
 *   International J. of Forecasting 13 (1997) 281, eq. 9.
 */
export function dieboldMariano(differences: ArrayLike<number>, horizon: number): AccuracyTest {
  requireInteger(horizon, 1, "the forecast horizon");
  requireFinite(differences, "a test of accuracy");
  const n = differences.length;
  requireInteger(n, horizon, "the number of forecasts");
  if (Array.prototype.every.call(differences, (difference) => difference === 0)) {
    return { mean: 0, dm: 0, hln: 0, p: 1 };
  }
  requireMovement(differences, "the difference of losses", "a test of accuracy");
  const covariances = autocovariances(differences, horizon - 1);
  let variance = covariances[0]!;
  for (let k = 1; k < horizon; k++) variance += 2 * covariances[k]!;
  if (!(variance > ROUNDING * covariances[0]!)) {
    throw new RangeError(
      `Cannot test accuracy as the long-run variance must be > 0: current value is ${variance}`,
    );
  }
  const centre = mean(differences);
  const dm = centre / Math.sqrt(variance / n);
  const hln = dm * Math.sqrt((n + 1 - 2 * horizon + (horizon * (horizon - 1)) / n) / n);
  return { mean: centre, dm, hln, p: twoSidedStudent(hln, n - 1) };
}
