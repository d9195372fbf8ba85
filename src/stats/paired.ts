import { mean, standardDeviation } from "./moments.ts";
import { requireCount, requireFinite } from "./require.ts";
import { studentCdf, twoSidedStudent } from "./student.ts";
import { studentised } from "./studentised.ts";

/** The mean of paired differences, its t test and its size in standard deviations. */
export interface PairedTest {
  /** Pairs. */
  readonly n: number;
  /** Mean difference. */
  readonly mean: number;
  /** Its standard error, sd / sqrt(n). */
  readonly se: number;
  /** Student's statistic. */
  readonly t: number;
  /** Two-sided p-value, Student with n - 1 degrees of freedom. */
  readonly p: number;
  /** Cohen's d_z: mean / sd of the differences. */
  readonly dz: number;
  /** Hedges' g: d_z times 1 - 3 / (4 (n - 1) - 1), its small-sample correction. */
  readonly hedgesG: number;
}

/**
 * Paired t test of differences x[i] - y[i] (see `pairDifferences`), at least two. If all differences are
 * zero then t = 0, p = 1; if all are the same and not zero, t is infinite and p = 0.
 *
 * Size at 5 %: right for normal differences; 17, 13 and 11 % for 10, 20 and 40 lognormal ones
 * (docs/TEST_SIZES.md). For skewed differences use `meanBootstrap`.
 *
 * @throws {RangeError} If a difference is not finite.
 * @see L. V. Hedges, Journal of Educational Statistics 6 (1981) 107.
 */
export function pairedTest(differences: ArrayLike<number>): PairedTest {
  requireCount(differences, 2, "a paired test");
  requireFinite(differences, "a paired test");
  const n = differences.length;
  const centre = mean(differences), sd = standardDeviation(differences);
  const se = sd / Math.sqrt(n);
  const t = studentised(centre, se), dz = studentised(centre, sd);
  return {
    n,
    mean: centre,
    se,
    t,
    p: twoSidedStudent(t, n - 1),
    dz,
    hedgesG: dz * (1 - 3 / (4 * (n - 1) - 1)),
  };
}

/**
 * Two one-sided tests: the p-value of "the mean difference lies outside (-margin, margin)", so that a
 * small one is evidence of no effect that matters.
 *
 * @param margin Largest difference of no interest, > 0, in the unit of the differences.
 * @see D. J. Schuirmann, J. Pharmacokinetics and Biopharmaceutics 15 (1987) 657.
 */
export function equivalenceTest(differences: ArrayLike<number>, margin: number): number {
  if (!(margin > 0)) {
    throw new RangeError(`Cannot test equivalence as the margin must be > 0: current value is ${margin}`);
  }
  const { n, mean: centre, se } = pairedTest(differences);
  return studentCdf(studentised(Math.abs(centre) - margin, se), n - 1);
}

/**
 * Vargha and Delaney's A12: P(X > Y) + P(X = Y) / 2 over all pairs of the two samples, in [0, 1].
 * Cliff's delta is 2 A12 - 1.
 */
export function a12(x: ArrayLike<number>, y: ArrayLike<number>): number {
  requireCount(x, 1, "A12");
  requireCount(y, 1, "A12");
  requireFinite(x, "A12");
  requireFinite(y, "A12");
  let wins = 0;
  for (let i = 0; i < x.length; i++) {
    for (let j = 0; j < y.length; j++) wins += x[i]! > y[j]! ? 1 : x[i] === y[j] ? 0.5 : 0;
  }
  return wins / (x.length * y.length);
}
