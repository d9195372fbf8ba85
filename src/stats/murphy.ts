import { reliabilityBins } from "./calibration.ts";
import { brierScore } from "./probability_scores.ts";

/** The Brier score taken apart: reliability - resolution + uncertainty + within. */
export interface BrierParts {
  /** How far frequencies lie from forecasts: 0 is best. */
  readonly reliability: number;
  /** How far frequencies lie from the base rate: more is better. */
  readonly resolution: number;
  /** The base rate's own Brier score. */
  readonly uncertainty: number;
  /** What grouping forecasts that are not equal leaves over; 0 if each bin holds one probability. */
  readonly within: number;
}

/**
 * Murphy's decomposition of the Brier score over bins of equal width.
 *
 * @see A. H. Murphy, Journal of Applied Meteorology 12 (1973) 595.
 */
export function murphy(
  probabilities: ArrayLike<number>,
  outcomes: ArrayLike<number>,
  bins: number,
): BrierParts {
  const groups = reliabilityBins(probabilities, outcomes, bins);
  const n = probabilities.length;
  const base = groups.reduce((sum, bin) => sum + bin.count * bin.frequency, 0) / n;
  let reliability = 0, resolution = 0;
  for (const { count, forecast, frequency } of groups) {
    reliability += (count / n) * (forecast - frequency) ** 2;
    resolution += (count / n) * (frequency - base) ** 2;
  }
  const uncertainty = base * (1 - base);
  const within = brierScore(probabilities, outcomes) - (reliability - resolution + uncertainty);
  return { reliability, resolution, uncertainty, within };
}
