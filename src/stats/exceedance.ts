import { ROUNDING } from "./constant.ts";

/** A count of drawn statistics that are at least as extreme as the observed one. */
export interface ExceedanceCount {
  /**
   * Compares one more draw with the observed statistic.
   *
   * @throws {RangeError} If the drawn statistic is NaN.
   */
  add(drawn: number): void;
  /** p-value in (0, 1], (1 + draws at least as extreme) / (1 + draws): the observed one is a draw of its own. */
  p(): number;
}

/**
 * Begins to count what draws under the null hypothesis reach the observed statistic; larger is more extreme. Every
 * resampling test of the house counts here. A NaN is refused: it reaches nothing, so that a broken statistic would
 * pass for the strongest evidence there is. p is never 0, as B draws cannot show less than 1 / (1 + B).
 *
 * @param observed The statistic of the data as they are; may be infinite.
 * @param what The test, for the error: "a Reality Check".
 * @param scale Size of the numbers that the statistic was summed up from, for ties: a draw counts as equal if it
 *   falls short by no more than 1e-12 of it.
 * @throws {RangeError} If the observed statistic is NaN.
 * @see A. C. Davison, D. V. Hinkley, Bootstrap Methods and their Application (1997), eq. 4.11.
 */
export function exceedanceCount(observed: number, what: string, scale = Math.abs(observed)): ExceedanceCount {
  if (Number.isNaN(observed)) throw refusal(what, "the observed statistic", NaN);
  const threshold = Number.isFinite(observed) ? observed - ROUNDING * scale : observed;
  let draws = 0, reached = 0;
  return {
    add(drawn) {
      if (Number.isNaN(drawn)) throw refusal(what, `the statistic of draw ${draws}`, drawn);
      draws++;
      if (drawn >= threshold) reached++;
    },
    p: () => (1 + reached) / (1 + draws),
  };
}

function refusal(what: string, place: string, value: number): RangeError {
  return new RangeError(
    `Cannot count draws of ${what} as ${place} must be a number: current value is ${value}`,
  );
}
