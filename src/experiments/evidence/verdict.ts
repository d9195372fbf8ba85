/** What differences show: win, lose, no effect or inconclusive. */
import { rng } from "../../core/rng.ts";
import { meanBootstrap } from "../../stats/mean_bootstrap.ts";
import { holm } from "../../stats/multiple_testing.ts";
import { equivalenceTest, pairedTest } from "../../stats/paired.ts";
import { signFlipDraws, signFlipTest } from "../../stats/sign_flip.ts";
import { detectableEffect, equivalencePower } from "../../stats/power.ts";

/** Win and lose: a difference that is not chance. No effect: one that is shown to be smaller than the margin. */
export const VERDICTS = ["win", "lose", "no effect", "inconclusive"] as const;
/**
 * One of them.
 *
 * @internal
 */
export type Verdict = (typeof VERDICTS)[number];

/** One test before the others of its family are known. */
export interface Judged {
  /** Pairs. */
  readonly n: number;
  /** Mean difference, its standard error, Hedges' g. */
  readonly effect: number;
  /** Standard error of the mean difference. */
  readonly se: number;
  /** Hedges' g. */
  readonly hedgesG: number;
  /** Studentised bootstrap over markets, 95 % (1 - alpha). */
  readonly lower: number;
  /** Its upper end. */
  readonly upper: number;
  /** Exact sign-flip test, two-sided. */
  readonly p: number;
  /** Two one-sided tests against the margin. */
  readonly equivalenceP: number;
  /** Smallest effect found with the planned power at the strictest step of Holm's correction. */
  readonly detectable: number;
  /** Chance that "no effect" would have been shown if there were none, at that step. */
  readonly equivalencePower: number;
}

/** One test in its family. */
export interface Decided extends Judged {
  /** Corrected over the family. */
  readonly holmP: number;
  /** The same of equivalenceP, in a family of its own. */
  readonly holmEquivalenceP: number;
  /** What it shows. */
  readonly verdict: Verdict;
  /** True where the effect is also shown to be smaller than the margin: there, and too small to matter. */
  readonly small: boolean;
}

/** What a family is decided by. */
export interface DecisionRule {
  /** Chance of any false claim. */
  readonly alpha: number;
  /** Annual Sharpe ratio. */
  readonly margin: number;
  readonly power: number;
}

/** Resamples of an interval, and random sign patterns where there are too many to count them all. */
const DRAWS = 4999, MOST_EXACT = 44;

/**
 * Judges one set of paired differences.
 *
 * @param tests Tests in the family, for the smallest detectable effect.
 * @param path Names the random numbers, so that equal differences give equal intervals.
 */
export function judge(
  differences: Float64Array,
  { alpha, margin, power }: DecisionRule,
  tests: number,
  path: readonly (string | number)[],
  draws = DRAWS,
): Judged {
  const { n, mean: effect, se, hedgesG } = pairedTest(differences);
  const { uniform } = rng("evidence", ...path);
  const { lower, upper } = meanBootstrap(
    differences,
    { blockLength: 1, draws, confidence: 1 - alpha },
    uniform,
  );
  const sd = se * Math.sqrt(n);
  return {
    n,
    effect,
    se,
    hedgesG,
    lower,
    upper,
    p: n <= MOST_EXACT ? signFlipTest(differences) : signFlipDraws(differences, draws, uniform),
    equivalenceP: equivalenceTest(differences, margin),
    detectable: sd * detectableEffect(n, alpha / tests, power),
    equivalencePower: sd === 0 ? 1 : equivalencePower(margin / sd, n, alpha / tests),
  };
}

/**
 * The verdicts of a family. Differences and equivalences are two families, each corrected by Holm, so that the chance
 * of any false win or lose is at most alpha, and so is that of any false "no effect".
 */
export function decide(family: readonly Judged[], { alpha }: Pick<DecisionRule, "alpha">): Decided[] {
  const ps = holm(family.map(({ p }) => p)), equal = holm(family.map(({ equivalenceP }) => equivalenceP));
  return family.map((one, i) => {
    const differs = ps[i]! <= alpha, small = equal[i]! <= alpha;
    const verdict = differs ? one.effect > 0 ? "win" : "lose" : small ? "no effect" : "inconclusive";
    return { ...one, holmP: ps[i]!, holmEquivalenceP: equal[i]!, verdict, small };
  });
}
