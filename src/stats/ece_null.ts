import { ece, equalWidthBins, reliabilityBins } from "./calibration.ts";
import { exceedanceCount } from "./exceedance.ts";
import { requireInteger } from "./require.ts";

/** An expected calibration error next to what perfectly calibrated forecasts would show by chance. */
export interface EceNull {
  /** The error observed. */
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
  const filled = reliabilityBins(probabilities, outcomes, bins); // checks what it is given
  const observed = ece(filled);
  const count = exceedanceCount(observed, "a calibration null", 1);
  const binOf = placesAmongFilled(equalWidthBins(probabilities, bins), bins);
  const hits = new Float64Array(filled.length), errors = new Float64Array(draws);
  for (let draw = 0; draw < draws; draw++) {
    drawHits(probabilities, binOf, uniform, hits);
    errors[draw] = ece(filled.map((bin, i) => ({ ...bin, frequency: hits[i]! / bin.count })));
    count.add(errors[draw]!);
  }
  errors.sort();
  return { ece: observed, quantile95: errors[Math.ceil(0.95 * draws) - 1]!, p: count.p() };
}

/** Of each value its bin, counted among the bins that hold any. */
function placesAmongFilled(binOf: Int32Array, bins: number): Int32Array {
  const filled = new Set(binOf);
  const places = Array.from({ length: bins }, (_, bin) => bin).filter((bin) => filled.has(bin));
  return binOf.map((bin) => places.indexOf(bin));
}

/** Draws an outcome of each forecast and counts those that are 1 by bin. */
function drawHits(
  probabilities: ArrayLike<number>,
  binOf: Int32Array,
  uniform: () => number,
  hits: Float64Array,
): void {
  hits.fill(0);
  for (let i = 0; i < binOf.length; i++) if (uniform() < probabilities[i]!) hits[binOf[i]!]! += 1;
}
