/** Power: what an experiment of a given size can tell, before it is run. */
import { normalCdf, normalInverse } from "./normal.ts";
import { requireFraction, requireInteger } from "./require.ts";
import { studentInverse } from "./student.ts";

/** Points of Simpson's rule; the integrals below are right to 1e-9 and better from 4 pairs on. */
const POINTS = 400;

/**
 * Power of the paired t test, two-sided: the probability of p <= alpha for normal differences of mean d standard
 * deviations. The statistic is (Z + d sqrt n) / S with S^2 chi-square over its degrees; the mean over S is integrated.
 *
 * @param d Mean difference over the standard deviation of differences.
 * @param pairs An integer >= 2.
 * @param alpha In (0, 1).
 * @see J. Cohen, Statistical Power Analysis for the Behavioral Sciences (1988), chapter 2.
 */
export function pairedPower(d: number, pairs: number, alpha: number): number {
  requireInteger(pairs, 2, "the number of pairs");
  requireFraction(alpha, "alpha");
  const critical = studentInverse(1 - alpha / 2, pairs - 1), shift = d * Math.sqrt(pairs);
  return meanOverSpread(
    pairs - 1,
    (s) => normalCdf(shift - critical * s) + normalCdf(-shift - critical * s),
    Infinity,
  );
}

/**
 * The smallest mean difference, in standard deviations of differences, that `pairedPower` finds with probability
 * `power`.
 *
 * @param power In (alpha, 1), such as 0.8.
 */
export function detectableEffect(pairs: number, alpha: number, power: number): number {
  requireFraction(power, "the power");
  if (power <= alpha) {
    throw new RangeError(
      `Cannot find a detectable effect as power must exceed alpha = ${alpha}: current value is ${power}`,
    );
  }
  let low = 0, high = 1;
  while (pairedPower(high, pairs, alpha) < power) high *= 2;
  for (let step = 0; step < 40; step++) {
    const middle = (low + high) / 2;
    if (pairedPower(middle, pairs, alpha) < power) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/**
 * Power of the equivalence test (two one-sided tests): the probability that "no effect" is shown for normal
 * differences.
 *
 * @param margin Largest difference of no interest, > 0, in standard deviations of differences.
 * @param d True mean difference, in the same.
 * @see D. J. Schuirmann, J. Pharmacokinetics and Biopharmaceutics 15 (1987) 657.
 */
export function equivalencePower(margin: number, pairs: number, alpha: number, d = 0): number {
  requireInteger(pairs, 2, "the number of pairs");
  requireFraction(alpha, "alpha");
  const critical = studentInverse(1 - alpha, pairs - 1), root = Math.sqrt(pairs);
  return meanOverSpread(
    pairs - 1,
    (s) => normalCdf((margin - d) * root - critical * s) - normalCdf(-(margin + d) * root + critical * s),
    margin * root / critical, // beyond it the two rejections exclude one another
  );
}

/**
 * Smallest annual Sharpe ratio, or difference of two, that a test with this standard error finds.
 *
 * @param sides 1 or 2.
 */
export function detectableSharpe(se: number, alpha: number, power: number, sides: 1 | 2): number {
  return se * (normalInverse(1 - alpha / sides) + normalInverse(power));
}

/** Standard error of the difference of two annual Sharpe ratios on the same years, small and of correlation rho. */
export function pairedSharpeError(rho: number, years: number): number {
  if (!(rho >= -1 && rho <= 1 && years > 0)) {
    throw new RangeError(
      `Cannot find the error of a Sharpe difference as rho must be in [-1, 1] and years > 0: current value is ${rho}, ${years}`,
    );
  }
  return Math.sqrt(2 * (1 - rho) / years);
}

/** Independent decisions needed to tell a hit rate from one half, two-sided. */
export function decisionsNeeded(hitRate: number, alpha: number, power: number): number {
  return Math.ceil(
    ((normalInverse(1 - alpha / 2) * 0.5 + normalInverse(power) * Math.sqrt(hitRate * (1 - hitRate))) /
      (hitRate - 0.5)) ** 2,
  );
}

/** Decisions needed by McNemar's test where two models disagree in a share of them and one wins a share of those. */
export function mcnemarDecisions(disagreement: number, winShare: number, alpha: number, power: number) {
  const discordant = ((normalInverse(1 - alpha / 2) * 0.5 +
    normalInverse(power) * Math.sqrt(winShare * (1 - winShare))) / (winShare - 0.5)) ** 2;
  return Math.ceil(discordant / disagreement);
}

/** Mean of f over S, S^2 chi-square over its degrees of freedom, from 0 to `end`; by Simpson's rule. */
function meanOverSpread(degrees: number, f: (s: number) => number, end: number): number {
  const width = 12 / Math.sqrt(2 * degrees); // S has a standard deviation of about 1 / sqrt(2 degrees)
  const from = Math.max(0, 1 - width), to = Math.min(end, 1 + width);
  if (to <= from) return 0;
  const scale = logScale(degrees), step = (to - from) / POINTS;
  let sum = 0;
  for (let i = 0; i <= POINTS; i++) {
    const s = from + i * step;
    const power = degrees === 1 ? 0 : (degrees - 1) * Math.log(s); // s^0 is 1 at 0 too
    const density = Math.exp(scale + power - degrees * s * s / 2);
    sum += (i === 0 || i === POINTS ? 1 : i % 2 === 1 ? 4 : 2) * density * f(s);
  }
  return sum * step / 3;
}

/** Logarithm of the constant of S's density: 2 (k/2)^(k/2) / Gamma(k/2). */
function logScale(degrees: number): number {
  const half = degrees / 2;
  // ln Gamma(k/2) from Gamma(1) = 1 or Gamma(1/2) = sqrt pi upwards: degrees are whole
  let logGamma = degrees % 2 === 0 ? 0 : Math.log(Math.PI) / 2;
  for (let x = degrees % 2 === 0 ? 1 : 0.5; x < half; x++) logGamma += Math.log(x);
  return Math.log(2) + half * Math.log(half) - logGamma;
}
