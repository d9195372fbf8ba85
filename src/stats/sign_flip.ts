import { requireCount, requireInteger } from "./require.ts";

/** Up to here all sign patterns are counted: two halves of 2^22 sums fit in memory. */
const EXACT_LIMIT = 44;

/**
 * Exact sign-flip permutation test of paired differences: the share of all 2^n sign patterns whose sum is
 * at least as far from 0 as the observed one (two-sided p-value).
 *
 * The patterns of each half of the sample are summed and sorted, then matched, so 2^n patterns cost
 * 2^(n/2): 40 market seeds need two lists of a million sums.
 *
 * @throws {RangeError} For more than 44 differences; use `signFlipDraws`.
 * @see R. A. Fisher, The Design of Experiments (1935), section 21.
 */
export function signFlipTest(differences: ArrayLike<number>): number {
  requireCount(differences, 1, "a sign-flip test");
  const n = differences.length;
  if (n > EXACT_LIMIT) {
    throw new RangeError(
      `Cannot count every sign pattern as n must be <= ${EXACT_LIMIT}: current value is ${n}`,
    );
  }
  const threshold = observedSize(differences);
  if (threshold <= 0) return 1;
  const half = n >> 1;
  const low = signedSums(differences, 0, half), high = signedSums(differences, half, n);
  let count = 0, at = high.length;
  for (const sum of low) { // ascending, so the partners that reach the threshold only grow in number
    while (at > 0 && sum + high[at - 1]! >= threshold) at--;
    count += high.length - at;
  }
  return (2 * count) / 2 ** n; // the distribution is symmetric
}

/**
 * Sign-flip test by `draws` random sign patterns: (1 + patterns at least as extreme) / (1 + draws).
 *
 * @param uniform Source of uniform numbers in (0, 1).
 */
export function signFlipDraws(differences: ArrayLike<number>, draws: number, uniform: () => number): number {
  requireCount(differences, 1, "a sign-flip test");
  requireInteger(draws, 1, "the number of draws");
  const threshold = observedSize(differences);
  let atLeast = 0;
  for (let draw = 0; draw < draws; draw++) {
    let sum = 0;
    for (let i = 0; i < differences.length; i++) sum += uniform() < 0.5 ? -differences[i]! : differences[i]!;
    if (Math.abs(sum) >= threshold) atLeast++;
  }
  return (1 + atLeast) / (1 + draws);
}

/** |sum| less an allowance for rounding, so that a pattern equal to the observed one counts. */
function observedSize(differences: ArrayLike<number>): number {
  let sum = 0, size = 0;
  for (let i = 0; i < differences.length; i++) {
    sum += differences[i]!;
    size += Math.abs(differences[i]!);
  }
  return Math.abs(sum) - 1e-12 * size;
}

/** The sums of values[from..to-1] under all sign patterns, ascending; shape [2^(to-from)]. */
function signedSums(values: ArrayLike<number>, from: number, to: number): Float64Array {
  const out = new Float64Array(2 ** (to - from));
  let filled = 1;
  for (let i = from; i < to; i++) {
    for (let k = 0; k < filled; k++) {
      out[filled + k] = out[k]! - values[i]!;
      out[k]! += values[i]!;
    }
    filled *= 2;
  }
  return out.sort();
}
