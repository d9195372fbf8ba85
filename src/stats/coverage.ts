import { chiSquareTail } from "./chi_square.ts";
import { requireBinary, requireCount, requireFraction, requireInteger } from "./require.ts";

/** A likelihood ratio and its chi-square p-value with one degree of freedom. */
export interface LikelihoodRatioTest {
  readonly ratio: number;
  readonly p: number;
}

/**
 * Kupiec's test that losses exceed a value at risk as often as they should. Counts are whole numbers, so that its size
 * is not exactly the level: 6.3 % at 5 % over 250 bars with a tail of 5 %, 5.3 % over 2000 (docs/TEST_SIZES.md).
 *
 * @param exceedances Bars with a larger loss, 0..bars.
 * @param tail Probability of one, in (0, 1).
 * @see P. H. Kupiec, Journal of Derivatives 3 (1995) 73.
 */
export function kupiecTest(exceedances: number, bars: number, tail: number): LikelihoodRatioTest {
  requireInteger(exceedances, 0, "the number of exceedances");
  requireInteger(bars, Math.max(1, exceedances), "the number of bars");
  requireFraction(tail, "the probability of an exceedance");
  const ratio = 2 *
    (bernoulliLog(exceedances, bars, exceedances / bars) - bernoulliLog(exceedances, bars, tail));
  return { ratio, p: chiSquareTail(ratio, 1) };
}

/**
 * Christoffersen's test that exceedances do not cluster: whether one follows an exceedance as often as
 * it follows a bar without. With few exceedances it hardly ever rejects: 1.6 % at 5 % over 250 bars with a tail of 5 %,
 * 5.2 % over 2000 (docs/TEST_SIZES.md).
 *
 * @param exceeded 1 for a bar whose loss exceeded the value at risk, else 0; at least two bars.
 * @see P. F. Christoffersen, International Economic Review 39 (1998) 841.
 */
export function christoffersenTest(exceeded: ArrayLike<number>): LikelihoodRatioTest {
  requireCount(exceeded, 2, "a test of clustering");
  requireBinary(exceeded, "a test of clustering");
  const bars = [0, 0], hits = [0, 0]; // by the state of the bar before
  for (let i = 1; i < exceeded.length; i++) {
    const before = exceeded[i - 1]!;
    bars[before]! += 1;
    hits[before]! += exceeded[i]!;
  }
  const n = bars[0]! + bars[1]!, x = hits[0]! + hits[1]!;
  const apart = [0, 1].reduce((sum, k) => sum + bernoulliLog(hits[k]!, bars[k]!, hits[k]! / bars[k]!), 0);
  const ratio = Math.max(0, 2 * (apart - bernoulliLog(x, n, x / n)));
  return { ratio, p: chiSquareTail(ratio, 1) };
}

/** Log-likelihood of x hits in n trials, with 0 log 0 = 0. */
function bernoulliLog(x: number, n: number, p: number): number {
  return (x > 0 ? x * Math.log(p) : 0) + (n > x ? (n - x) * Math.log(1 - p) : 0);
}
