import { isConstant } from "./constant.ts";
import { mean } from "./moments.ts";

/**
 * Variance of sqrt(T) times a mean under the stationary bootstrap, by Hansen's kernel
 * gamma_0 + 2 sum ((1 - i/n) q^i + (i/n) q^(n - i)) gamma_i, q = 1 - 1/b. Taking lags i and n - i together
 * (the circle) leaves the one weight (1 - i/n) q^i, which has vanished long before i = n. Exactly 0 for a series
 * that never moves.
 *
 * @param blockLength Mean block length b in bars, >= 1.
 * @see P. R. Hansen, Journal of Business and Economic Statistics 23 (2005) 365, p. 372.
 */
export function stationaryVariance(values: ArrayLike<number>, blockLength: number): number {
  if (!(blockLength >= 1)) {
    throw new RangeError(
      `Cannot find the variance of a mean as the block length must be >= 1: current value is ${blockLength}`,
    );
  }
  if (isConstant(values)) return 0;
  const n = values.length;
  const centre = mean(values);
  const z = Float64Array.from(values, (value) => value - centre);
  let variance = 0;
  for (let lag = 0, decay = 1; lag < n && decay > 1e-17; lag++, decay *= 1 - 1 / blockLength) {
    let product = 0;
    for (let i = 0; i < n; i++) product += z[i]! * z[i >= lag ? i - lag : i - lag + n]!;
    variance += ((lag === 0 ? 1 : 2 * (1 - lag / n)) * decay * product) / n;
  }
  return Math.max(0, variance);
}
