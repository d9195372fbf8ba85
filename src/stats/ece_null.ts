import { ece, reliabilityBins } from "./calibration.ts";
import { exceedanceCount } from "./exceedance.ts";
import { requireInteger } from "./require.ts";

/** An expected calibration error next to what perfectly calibrated forecasts would show by chance. */
export interface EceNull {
  readonly ece: number;
  /** 95 % quantile of the error of calibrated outcomes. */
  readonly quantile95: number;
  /** (1 + draws at least as large) / (1 + draws). */
  readonly p: number;
}

/**
 * Consistency resampling: outcomes are drawn from the forecasts themselves, y* ~ Bernoulli(p), `draws`
 * times, and the error of each draw (bins of equal width) is compared with the observed one. Outcomes are drawn
 * independently: on outcomes that move together p is too small.
 *
 * @param uniform Source of uniform numbers in (0, 1).
 * @throws {RangeError} If a probability is outside [0, 1] or an outcome is neither 0 nor 1, NaN included.
 * @see J. Broecker, L. A. Smith, Weather and Forecasting 22 (2007) 651.
 */
export function eceNull(
  probabilities: ArrayLike<number>,
  outcomes: ArrayLike<number>,
  bins: number,
  draws: number,
  uniform: () => number,
): EceNull {
  requireInteger(draws, 1, "the number of draws");
  const observed = ece(reliabilityBins(probabilities, outcomes, bins));
  const count = exceedanceCount(observed, "a calibration null", 1);
  const drawn = new Uint8Array(probabilities.length);
  const errors = new Float64Array(draws);
  for (let draw = 0; draw < draws; draw++) {
    for (let i = 0; i < drawn.length; i++) drawn[i] = uniform() < probabilities[i]! ? 1 : 0;
    errors[draw] = ece(reliabilityBins(probabilities, drawn, bins));
    count.add(errors[draw]!);
  }
  errors.sort();
  return { ece: observed, quantile95: errors[Math.ceil(0.95 * draws) - 1]!, p: count.p() };
}
