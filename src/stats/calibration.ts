import { brierScore } from "./probability_scores.ts";
import { requireCount, requireInteger, requireSameLength } from "./require.ts";

/** Forecasts of about the same probability, and what came of them. */
export interface ReliabilityBin {
  readonly count: number;
  /** Mean of the forecast probabilities in the bin (not its lower edge, which would bias the error). */
  readonly forecast: number;
  /** Share of outcomes that were 1. */
  readonly frequency: number;
}

/**
 * Forecasts grouped by probability into `bins` intervals of equal width; empty bins are left out.
 *
 * @param probabilities Forecast P(outcome = 1), in [0, 1].
 * @param outcomes 0 or 1, same length.
 */
export function reliabilityBins(
  probabilities: ArrayLike<number>,
  outcomes: ArrayLike<number>,
  bins: number,
): ReliabilityBin[] {
  checkBinning(probabilities, outcomes, bins);
  const binOf = Int32Array.from(probabilities, (p) => Math.min(bins - 1, Math.floor(p * bins)));
  return collectBins(probabilities, outcomes, binOf, bins);
}

/** Forecasts grouped by rank into `bins` groups whose sizes differ by at most one. */
export function equalMassBins(
  probabilities: ArrayLike<number>,
  outcomes: ArrayLike<number>,
  bins: number,
): ReliabilityBin[] {
  checkBinning(probabilities, outcomes, bins);
  const n = probabilities.length;
  const order = Uint32Array.from({ length: n }, (_, i) => i).sort((i, j) =>
    probabilities[i]! - probabilities[j]!
  );
  const binOf = new Int32Array(n);
  for (let rank = 0; rank < n; rank++) binOf[order[rank]!] = Math.floor((rank * bins) / n);
  return collectBins(probabilities, outcomes, binOf, bins);
}

function checkBinning(probabilities: ArrayLike<number>, outcomes: ArrayLike<number>, bins: number): void {
  requireCount(probabilities, 1, "a calibration curve");
  requireSameLength(probabilities, outcomes, "a calibration curve");
  requireInteger(bins, 1, "the number of bins");
}

function collectBins(
  probabilities: ArrayLike<number>,
  outcomes: ArrayLike<number>,
  binOf: Int32Array,
  bins: number,
): ReliabilityBin[] {
  const counts = new Float64Array(bins), forecasts = new Float64Array(bins), hits = new Float64Array(bins);
  for (let i = 0; i < binOf.length; i++) {
    const bin = binOf[i]!;
    counts[bin]! += 1;
    forecasts[bin]! += probabilities[i]!;
    hits[bin]! += outcomes[i]!;
  }
  const out: ReliabilityBin[] = [];
  for (let bin = 0; bin < bins; bin++) {
    const count = counts[bin]!;
    if (count > 0) out.push({ count, forecast: forecasts[bin]! / count, frequency: hits[bin]! / count });
  }
  return out;
}

/**
 * Expected calibration error: mean over forecasts of |frequency - forecast| of their bin, in [0, 1]. It is
 * biased upward when bins are small; judge it against `eceNull`.
 *
 * @see M. P. Naeini, G. F. Cooper, M. Hauskrecht, AAAI 2015.
 */
export function ece(bins: readonly ReliabilityBin[]): number {
  const n = bins.reduce((sum, bin) => sum + bin.count, 0);
  return bins.reduce((sum, bin) => sum + (bin.count / n) * Math.abs(bin.frequency - bin.forecast), 0);
}

/** Maximum calibration error: the largest |frequency - forecast| of a bin, in [0, 1]. */
export function mce(bins: readonly ReliabilityBin[]): number {
  return Math.max(...bins.map((bin) => Math.abs(bin.frequency - bin.forecast)));
}

/** The Brier score taken apart: reliability - resolution + uncertainty + within. */
export interface BrierParts {
  readonly reliability: number;
  readonly resolution: number;
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
 * times, and the error of each draw (bins of equal width) is compared with the observed one.
 *
 * @param uniform Source of uniform numbers in (0, 1).
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
  const drawn = new Uint8Array(probabilities.length);
  const errors = new Float64Array(draws);
  let atLeast = 0;
  for (let draw = 0; draw < draws; draw++) {
    for (let i = 0; i < drawn.length; i++) drawn[i] = uniform() < probabilities[i]! ? 1 : 0;
    errors[draw] = ece(reliabilityBins(probabilities, drawn, bins));
    if (errors[draw]! >= observed - 1e-12) atLeast++;
  }
  errors.sort();
  return { ece: observed, quantile95: errors[Math.ceil(0.95 * draws) - 1]!, p: (1 + atLeast) / (1 + draws) };
}
