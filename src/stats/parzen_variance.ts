/**
 * Long-run variance of a series of mean 0 with Parzen's kernel: the variance of sqrt(n) times its mean where values
 * are correlated up to about `bandwidth` bars apart; never negative.
 *
 * @param bandwidth In bars, > 0; need not be an integer.
 */
export function parzenVariance(values: Float64Array, bandwidth: number): number {
  const n = values.length;
  let variance = autoProduct(values, 0);
  for (let lag = 1; lag < Math.min(bandwidth, n); lag++) {
    variance += 2 * parzen(lag / bandwidth) * autoProduct(values, lag);
  }
  return Math.max(0, variance);
}

/** Sum of z_t z_{t - lag} over n. */
function autoProduct(z: Float64Array, lag: number): number {
  let sum = 0;
  for (let i = lag; i < z.length; i++) sum += z[i]! * z[i - lag]!;
  return sum / z.length;
}

/** Parzen's kernel at u >= 0. */
function parzen(u: number): number {
  if (u <= 0.5) return 1 - 6 * u * u + 6 * u ** 3;
  return u < 1 ? 2 * (1 - u) ** 3 : 0;
}
