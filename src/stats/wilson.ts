import { requireFraction, requireInteger } from "./require.ts";
import { normalInverse } from "./normal.ts";

/** A share of successes with its interval, all in [0, 1]; of no trials at all nothing is known. */
export interface Share {
  /** How many succeeded. */
  readonly successes: number;
  /** Of how many. */
  readonly trials: number;
  /** Null without trials. */
  readonly share: number | null;
  /** Lower end of the interval; 0 without trials. */
  readonly lower: number;
  /** Upper end of the interval; 1 without trials. */
  readonly upper: number;
}

/**
 * A binomial share with Wilson's score interval, which keeps its level at shares near 0 and 1 and in small samples,
 * where the share +- 1.96 standard errors does not.
 *
 * @param confidence Level of the interval, in (0, 1).
 * @throws {RangeError} If there are more successes than trials.
 * @see E. B. Wilson, JASA 22 (1927) 209.
 */
export function wilsonShare(successes: number, trials: number, confidence = 0.95): Share {
  requireInteger(successes, 0, "the number of successes");
  requireInteger(trials, successes, "the number of trials");
  requireFraction(confidence, "the confidence");
  if (trials === 0) return { successes, trials, share: null, lower: 0, upper: 1 };
  const z = normalInverse((1 + confidence) / 2), share = successes / trials;
  const shrink = 1 / (1 + (z * z) / trials);
  const centre = shrink * (share + (z * z) / (2 * trials));
  const half = shrink * z * Math.sqrt((share * (1 - share)) / trials + (z * z) / (4 * trials * trials));
  return {
    successes,
    trials,
    share,
    lower: successes === 0 ? 0 : Math.max(0, centre - half), // exact where rounding would leave 1e-17
    upper: successes === trials ? 1 : Math.min(1, centre + half),
  };
}
