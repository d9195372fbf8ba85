import beta from "@stdlib/math-base-special-beta";
import { normalCdf, normalPdf } from "./normal.ts";
import { requireCount, requireFraction } from "./require.ts";
import { studentCdf, studentPdf } from "./student.ts";

// All scores are in the unit of the forecast variable and lower is better.
// Source of the closed forms: T. Gneiting, A. E. Raftery, JASA 102 (2007) 359; A. Jordan, F. Krueger,
// S. Lerch, J. Statistical Software 90 (2019), appendix.

/**
 * Continuous ranked probability score of a normal forecast N(mean, sd^2) for outcome y.
 *
 * @throws {RangeError} If sd is not > 0.
 */
export function crpsNormal(mean: number, sd: number, y: number): number {
  requireScale(sd, "sd");
  const w = (y - mean) / sd;
  return sd * (w * (2 * normalCdf(w) - 1) + 2 * normalPdf(w) - 1 / Math.sqrt(Math.PI));
}

/**
 * Continuous ranked probability score of a Student forecast: location + scale t_degrees.
 *
 * @param scale Scale of the t distribution (not its standard deviation), > 0.
 * @param degrees Degrees of freedom, > 1.
 */
export function crpsStudent(location: number, scale: number, degrees: number, y: number): number {
  if (!(degrees > 1)) {
    throw new RangeError(
      `Cannot score a Student forecast as its degrees must be > 1: current value is ${degrees}`,
    );
  }
  requireScale(scale, "scale");
  const w = (y - location) / scale;
  const body = w * (2 * studentCdf(w, degrees) - 1) +
    (2 * studentPdf(w, degrees) * (degrees + w * w)) / (degrees - 1);
  const spread = (2 * Math.sqrt(degrees) * beta(0.5, degrees - 0.5)) /
    ((degrees - 1) * beta(0.5, degrees / 2) ** 2);
  return scale * (body - spread);
}

/**
 * Continuous ranked probability score of the empirical distribution of an ensemble,
 * mean |x - y| - mean |x - x'| / 2.
 */
export function crpsEnsemble(members: ArrayLike<number>, y: number): number {
  return crpsOfMembers(members, y, members.length ** 2);
}

/**
 * The same with the spread over m (m - 1) pairs, which makes it unbiased for the distribution that the
 * members are drawn from; at least 2 members.
 */
export function crpsEnsembleFair(members: ArrayLike<number>, y: number): number {
  requireCount(members, 2, "a fair ensemble score");
  return crpsOfMembers(members, y, members.length * (members.length - 1));
}

/** `crpsEnsemble` of one ensemble for any number of outcomes: sorted once. */
export function ensembleScorer(members: ArrayLike<number>): (y: number) => number {
  return scorerOf(members, members.length ** 2);
}

function crpsOfMembers(members: ArrayLike<number>, y: number, pairs: number): number {
  return scorerOf(members, pairs)(y);
}

function scorerOf(members: ArrayLike<number>, pairs: number): (y: number) => number {
  requireCount(members, 1, "an ensemble score");
  const sorted = (members instanceof Float64Array ? members.slice() : Float64Array.from(members)).sort();
  const m = sorted.length;
  let spread = 0;
  for (let i = 0; i < m; i++) spread += (2 * i - m + 1) * sorted[i]!; // sum over i > j of x_i - x_j, without the m^2 pairs
  return (y) => {
    let error = 0;
    for (let i = 0; i < m; i++) error += Math.abs(sorted[i]! - y);
    return error / m - spread / pairs;
  };
}

/**
 * Pinball (quantile) loss of forecast q of the `level` quantile. Twice its mean over levels is the CRPS only where
 * the levels fill (0, 1) densely and evenly: over a few stated levels it depends on which they are (for a perfect
 * N(0, 1) forecast .37 to .50 over the levels of the five researchers, where the CRPS is .564), so that only means
 * over one common set of levels may be compared. See `crpsOfQuantiles`.
 */
export function pinballLoss(level: number, q: number, y: number): number {
  return Math.max(level * (y - q), (level - 1) * (y - q));
}

/**
 * Winkler's interval score of a central interval: its width plus 2 / miss times the distance by which
 * the outcome lies outside.
 *
 * @param miss Probability of falling outside, in (0, 1): 0.2 for an 80 % interval.
 * @see R. L. Winkler, JASA 67 (1972) 187.
 */
export function intervalScore(lower: number, upper: number, miss: number, y: number): number {
  requireFraction(miss, "the probability outside an interval");
  return upper - lower + (2 / miss) * (Math.max(0, lower - y) + Math.max(0, y - upper));
}

function requireScale(value: number, name: string): void {
  if (!(value > 0)) {
    throw new RangeError(`Cannot score a forecast as its ${name} must be > 0: current value is ${value}`);
  }
}
