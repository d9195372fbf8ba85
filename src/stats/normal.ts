// @ts-types="./jstat.d.ts"
import jstat from "jstat";

/**
 * P(Z <= x) of a standard normal. Absolute error below 2e-16 against scipy 1.17, so a tail probability
 * under 1e-13 keeps few of its digits.
 */
export function normalCdf(x: number): number {
  return jstat.normal.cdf(x, 0, 1);
}

/** Density of a standard normal at x. */
export function normalPdf(x: number): number {
  return Math.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI);
}

/**
 * The x with P(Z <= x) = p. Relative error below 1e-9 for p in [1e-10, 1 - 1e-10] against scipy 1.17.
 *
 * @throws {RangeError} If p is outside the open interval (0, 1).
 */
export function normalInverse(p: number): number {
  if (!(p > 0 && p < 1)) {
    throw new RangeError(
      `Cannot invert the normal distribution as p must be in (0, 1): current value is ${p}`,
    );
  }
  return jstat.normal.inv(p, 0, 1);
}

/** Probability that |Z| of a standard normal is at least |z|: the two-sided p-value of z, in [0, 1]. */
export function twoSidedNormal(z: number): number {
  return Math.min(1, 2 * normalCdf(-Math.abs(z)));
}
