import { ROUNDING } from "./constant.ts";
import { exceedanceCount } from "./exceedance.ts";
import { requireCount, requireFinite, requireInteger } from "./require.ts";

/** Up to here all sign patterns are counted: two halves of 2^22 sums fit in memory. */
const EXACT_LIMIT = 44;

/**
 * Exact sign-flip permutation test of paired differences: the share of all 2^n sign patterns whose sum is
 * at least as far from 0 as the observed one (two-sided p-value).
 *
 * The patterns of each half of the sample are summed and sorted, then matched, so 2^n patterns cost
 * 2^(n/2): 40 market seeds need two lists of a million sums. The observed pattern is one of them, so p is
 * never 0.
 *
 * It takes differences for symmetric about 0 under the null. Size at 5 %: right for normal differences, 16 and 13 %
 * for 10 and 20 lognormal ones of mean 0 (docs/TEST_SIZES.md); for skewed differences use `meanBootstrap`.
 *
 * @throws {RangeError} For more than 44 differences (use `signFlipDraws`), or one that is not finite.
 * @see R. A. Fisher, The Design of Experiments (1935), section 21.
 */
export function signFlipTest(differences: ArrayLike<number>): number {
  requireCount(differences, 1, "a sign-flip test");
  requireFinite(differences, "a sign-flip test");
  const n = differences.length;
  if (n > EXACT_LIMIT) {
    throw new RangeError(
      `Cannot count every sign pattern as n must be <= ${EXACT_LIMIT}: current value is ${n}`,
    );
  }
  const { observed, scale } = sizes(differences);
  const threshold = observed - ROUNDING * scale; // a pattern that equals the observed one but for rounding counts
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
 * Sign-flip test by `draws` random sign patterns: (1 + patterns at least as extreme) / (1 + draws). Its size is that
 * of `signFlipTest`.
 *
 * @param uniform Source of uniform numbers in (0, 1).
 * @throws {RangeError} If a difference is not finite.
 */
export function signFlipDraws(differences: ArrayLike<number>, draws: number, uniform: () => number): number {
  requireCount(differences, 1, "a sign-flip test");
  requireFinite(differences, "a sign-flip test");
  requireInteger(draws, 1, "the number of draws");
  const { observed, scale } = sizes(differences);
  const count = exceedanceCount(observed, "a sign-flip test", scale);
  for (let draw = 0; draw < draws; draw++) {
    let sum = 0;
    for (let i = 0; i < differences.length; i++) sum += uniform() < 0.5 ? -differences[i]! : differences[i]!;
    count.add(Math.abs(sum));
  }
  return count.p();
}

/** The observed statistic |sum|, and the size of what it was summed up from. */
function sizes(differences: ArrayLike<number>): { readonly observed: number; readonly scale: number } {
  let sum = 0, scale = 0;
  for (let i = 0; i < differences.length; i++) {
    sum += differences[i]!;
    scale += Math.abs(differences[i]!);
  }
  return { observed: Math.abs(sum), scale };
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
