import { chiSquareTail } from "./chi_square.ts";
import { requireMovement } from "./constant.ts";
import { mean } from "./moments.ts";
import { requireCount, requireFinite, requireInteger } from "./require.ts";

/**
 * Test that the first `lags` autocorrelations are all zero, whatever the volatility does: each is studentised by
 * the variance that its own products have, t_k = sum e_t e_{t-k} / sqrt(sum e_t^2 e_{t-k}^2) with e the deviations from
 * the mean, and Q = sum t_k^2 is chi-square with `lags` degrees of freedom. `ljungBox` divides by a variance that
 * holds for independent values only. Size at 5 % with 10 lags: 4 to 5.5 %, clustered volatility or not
 * (docs/TEST_SIZES.md).
 *
 * @param lags An integer in 1..n-1.
 * @returns Q, its p-value, and t_1 .. t_lags, each about N(0, 1) by itself.
 * @throws {RangeError} If a value is not finite or the series never moves.
 * @see A. W. Lo, A. C. MacKinlay, Review of Financial Studies 1 (1988) 41, eq. 19; J. C. Escanciano, I. N. Lobato,
 *   J. Econometrics 151 (2009) 140; V. Dalla, L. Giraitis, P. C. B. Phillips, Econometric Theory 38 (2022) 913.
 */
export function robustLjungBox(
  values: ArrayLike<number>,
  lags: number,
): { readonly q: number; readonly p: number; readonly t: Float64Array } {
  requireInteger(lags, 1, "the number of lags");
  requireCount(values, lags + 1, `a test of ${lags} autocorrelations`);
  requireFinite(values, "a test of autocorrelations");
  requireMovement(values, "the series", "a test of autocorrelations");
  const centre = mean(values);
  const e = Float64Array.from(values, (value) => value - centre);
  const t = new Float64Array(lags);
  let q = 0;
  for (let lag = 1; lag <= lags; lag++) {
    let sum = 0, squares = 0;
    for (let i = lag; i < e.length; i++) {
      const product = e[i]! * e[i - lag]!;
      sum += product;
      squares += product * product;
    }
    t[lag - 1] = squares > 0 ? sum / Math.sqrt(squares) : 0;
    q += t[lag - 1]! ** 2;
  }
  return { q, p: chiSquareTail(q, lags), t };
}
