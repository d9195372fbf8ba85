import { isConstant } from "./constant.ts";

/**
 * Andrews' automatic bandwidth of the Parzen kernel, 2.6614 (alpha(2) n)^(1/5), from an AR(1) fit to each of
 * several series of the same length. A series that never moves says nothing about memory and weighs nothing; where
 * none moves the bandwidth is 0.
 *
 * @see D. W. K. Andrews, Econometrica 59 (1991) 817, eq. 6.2 and 6.4.
 */
export function andrewsBandwidth(series: readonly Float64Array[]): number {
  let numerator = 0, denominator = 0;
  for (const one of series) {
    const { rho, variance } = firstOrderFit(one);
    numerator += (4 * rho * rho * variance * variance) / (1 - rho) ** 8;
    denominator += (variance * variance) / (1 - rho) ** 4;
  }
  return denominator > 0 ? 2.6614 * ((numerator / denominator) * series[0]!.length) ** 0.2 : 0;
}

/** Least squares of z_t on a constant and z_{t-1}; rho 0 where z_{t-1} never moves. */
function firstOrderFit(z: Float64Array): { readonly rho: number; readonly variance: number } {
  const n = z.length - 1;
  let before = 0, after = 0;
  for (let i = 1; i <= n; i++) {
    before += z[i - 1]! / n;
    after += z[i]! / n;
  }
  let xx = 0, xy = 0, yy = 0;
  for (let i = 1; i <= n; i++) {
    const u = z[i - 1]! - before, v = z[i]! - after;
    xx += u * u;
    xy += u * v;
    yy += v * v;
  }
  const rho = isConstant(z.subarray(0, n)) ? 0 : xy / xx;
  return { rho, variance: (yy - rho * xy) / n };
}
