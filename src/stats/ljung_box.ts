import { autocorrelations } from "./autocorrelation.ts";
import { chiSquareTail } from "./chi_square.ts";
import { requireFinite } from "./require.ts";

/**
 * Ljung-Box test that the first `lags` autocorrelations are all zero: Q and its chi-square p-value.
 *
 * It takes values for independent under the null. Size at 5 % with 10 lags: right for independent values, 30 to 70 % for
 * uncorrelated returns whose volatility clusters (48 % on one such sample; docs/TEST_SIZES.md). For returns use
 * `robustLjungBox`.
 *
 * @throws {RangeError} If a value is not finite or the series never moves.
 * @see G. M. Ljung, G. E. P. Box, Biometrika 65 (1978) 297.
 */
export function ljungBox(
  values: ArrayLike<number>,
  lags: number,
): { readonly q: number; readonly p: number } {
  requireFinite(values, "a Ljung-Box test");
  const n = values.length;
  const correlations = autocorrelations(values, lags);
  let sum = 0;
  for (let lag = 1; lag <= lags; lag++) sum += correlations[lag]! ** 2 / (n - lag);
  const q = n * (n + 2) * sum;
  return { q, p: chiSquareTail(q, lags) };
}
