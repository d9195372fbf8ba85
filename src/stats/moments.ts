import { isConstant } from "./constant.ts";
import { requireCount, requireSameLength } from "./require.ts";

/** Arithmetic mean; needs at least one value. */
export function mean(values: ArrayLike<number>): number {
  requireCount(values, 1, "a mean");
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum / values.length;
}

/**
 * Standard deviation with n - 1 in the denominator; needs at least two values. Values that are all equal
 * (`isConstant`) give exactly 0: the rounding of their mean would otherwise leave 1e-17, and a Sharpe ratio of 1e15.
 */
export function standardDeviation(values: ArrayLike<number>): number {
  requireCount(values, 2, "a standard deviation");
  if (isConstant(values)) return 0;
  const centre = mean(values);
  let squares = 0;
  for (let i = 0; i < values.length; i++) squares += (values[i]! - centre) ** 2;
  return Math.sqrt(squares / (values.length - 1));
}

/** Skewness and kurtosis of a series; 0 and 3 for a normal distribution. */
export interface Shape {
  readonly skew: number;
  /** Not in excess of 3. */
  readonly kurtosis: number;
}

/** Population skewness and kurtosis (n in the denominator); of a series that never moves, a normal's. */
export function shape(values: ArrayLike<number>): Shape {
  requireCount(values, 2, "skewness and kurtosis");
  if (isConstant(values)) return { skew: 0, kurtosis: 3 };
  const centre = mean(values);
  let second = 0, third = 0, fourth = 0;
  for (let i = 0; i < values.length; i++) {
    const x = values[i]! - centre;
    second += x * x;
    third += x * x * x;
    fourth += x * x * x * x;
  }
  const n = values.length;
  const variance = second / n;
  return { skew: third / n / variance ** 1.5, kurtosis: fourth / n / variance ** 2 };
}

/** x[i] - y[i], one pair after another. */
export function pairDifferences(x: ArrayLike<number>, y: ArrayLike<number>): Float64Array {
  requireSameLength(x, y, "paired differences");
  const out = new Float64Array(x.length);
  for (let i = 0; i < out.length; i++) out[i] = x[i]! - y[i]!;
  return out;
}
