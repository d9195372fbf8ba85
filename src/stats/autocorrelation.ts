import { isConstant, requireMovement } from "./constant.ts";
import { mean } from "./moments.ts";
import { requireCount, requireInteger } from "./require.ts";

/**
 * Autocovariances gamma_0 .. gamma_lags with n in the denominator (so that the sequence is positive
 * semi-definite). Shape [lags + 1]; exactly 0 for a series that never moves.
 *
 * @throws {RangeError} If `lags` is not an integer in 0..n-1.
 */
export function autocovariances(values: ArrayLike<number>, lags: number): Float64Array {
  requireInteger(lags, 0, "the number of lags");
  requireCount(values, lags + 1, `${lags} autocovariances`);
  if (isConstant(values)) return new Float64Array(lags + 1);
  const n = values.length;
  const centre = mean(values);
  const deviations = new Float64Array(n); // by a loop: `from` walks an iterator
  for (let i = 0; i < n; i++) deviations[i] = values[i]! - centre;
  const out = new Float64Array(lags + 1);
  for (let lag = 0; lag <= lags; lag++) {
    let sum = 0;
    for (let i = lag; i < n; i++) sum += deviations[i]! * deviations[i - lag]!;
    out[lag] = sum / n;
  }
  return out;
}

/**
 * Autocorrelations rho_0 = 1 .. rho_lags. Shape [lags + 1].
 *
 * @throws {RangeError} If the series never moves: it has none.
 */
export function autocorrelations(values: ArrayLike<number>, lags: number): Float64Array {
  requireMovement(values, "the series", "autocorrelations");
  const covariances = autocovariances(values, lags);
  return covariances.map((value) => value / covariances[0]!);
}
