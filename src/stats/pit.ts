import { normalCdf } from "./normal.ts";
import { requireCount, requireProbabilities } from "./require.ts";

/** Probability integral transforms F(y) of normal forecasts; uniform if they are calibrated. Shape [n]. */
export function pitNormal(
  means: ArrayLike<number>,
  sds: ArrayLike<number>,
  outcomes: ArrayLike<number>,
): Float64Array {
  return Float64Array.from(outcomes, (y, i) => normalCdf((y - means[i]!) / sds[i]!));
}

/**
 * Kolmogorov-Smirnov distance of values in [0, 1] from the uniform distribution, with its asymptotic
 * p-value (Stephens' small-sample correction; within 0.01 of the exact one for n >= 20).
 *
 * @throws {RangeError} If a value is outside [0, 1].
 * @see M. A. Stephens, J. Royal Statistical Society B 32 (1970) 115.
 */
export function uniformityTest(values: ArrayLike<number>): { readonly distance: number; readonly p: number } {
  requireCount(values, 5, "a uniformity test");
  requireProbabilities(values, "a uniformity test");
  const sorted = Float64Array.from(values).sort();
  const n = sorted.length;
  let distance = 0;
  for (let i = 0; i < n; i++) {
    distance = Math.max(distance, sorted[i]! - i / n, (i + 1) / n - sorted[i]!);
  }
  const scaled = (Math.sqrt(n) + 0.12 + 0.11 / Math.sqrt(n)) * distance;
  let p = 0;
  for (let k = 1; k <= 100; k++) p += 2 * (k % 2 === 1 ? 1 : -1) * Math.exp(-2 * k * k * scaled * scaled);
  const converged = scaled >= 0.3; // below, p is 1 to five digits and the series needs ever more terms
  return { distance, p: converged ? Math.min(1, Math.max(0, p)) : 1 };
}
