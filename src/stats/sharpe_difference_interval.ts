import type { Interval } from "./bootstrap.ts";
import { exceedanceCount } from "./exceedance.ts";
import { type SharpeDifference, studentisedDraws } from "./ledoit_wolf.ts";
import { requireFraction } from "./require.ts";
import { studentised } from "./studentised.ts";

/**
 * The difference of two Sharpe ratios per bar with its standard error (HAC), the p-value of "equal" and the symmetric
 * interval that goes with it, all of Ledoit and Wolf's studentised circular block bootstrap: 0 lies outside an
 * interval of confidence c exactly where p <= 1 - c. Half its width is a quantile of the resamples' distances in
 * their own standard errors times the standard error; infinite where so many resamples never move.
 *
 * @param confidence In (0, 1); (draws + 1) times it should be an integer, as with 1999 draws.
 * @throws {RangeError} As `sharpeDifferenceBootstrap`, or if the draws are too few for the confidence.
 * @see O. Ledoit, M. Wolf, Journal of Empirical Finance 15 (2008) 850, eq. 7 and section 3.2.
 */
export function sharpeDifferenceInterval(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  { blockLength, draws, confidence }: {
    readonly blockLength: number;
    readonly draws: number;
    readonly confidence: number;
  },
  uniform: () => number,
): SharpeDifference & Interval {
  requireFraction(confidence, "the confidence");
  const rank = Math.ceil(confidence * (draws + 1) - 1e-9);
  if (rank > draws) {
    throw new RangeError(
      `Cannot give an interval of ${confidence} as it needs at least ${
        Math.ceil(confidence / (1 - confidence) - 1e-9)
      } draws: current value is ${draws}`,
    );
  }
  const { difference, se, drawn } = studentisedDraws(x, y, blockLength, draws, uniform);
  const count = exceedanceCount(Math.abs(studentised(difference, se)), "a difference of Sharpe ratios");
  for (const distance of drawn) count.add(distance);
  const reach = drawn.sort()[rank - 1]!;
  const half = se === 0 ? 0 : reach * se;
  return { difference, se, p: count.p(), lower: difference - half, upper: difference + half };
}
