import {
  requireBinary,
  requireCount,
  requireInteger,
  requireProbabilities,
  requireSameLength,
} from "./require.ts";

/** Forecasts of about the same probability, and what came of them. */
export interface ReliabilityBin {
  /** How many there are. */
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
  return collectBins(probabilities, outcomes, equalWidthBins(probabilities, bins), bins);
}

/** The interval of equal width, of `bins` in [0, 1], that each probability falls in. */
export function equalWidthBins(probabilities: ArrayLike<number>, bins: number): Int32Array {
  return Int32Array.from(probabilities, (p) => Math.min(bins - 1, Math.floor(p * bins)));
}

/**
 * Forecasts grouped by rank into at most `bins` groups of about equal size. Equal forecasts stay together, in the
 * group that the middle of their ranks falls in, so that the order of the input does not matter; without ties
 * the sizes differ by at most one.
 */
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
  for (let start = 0; start < n;) {
    let end = start + 1;
    while (end < n && probabilities[order[end]!] === probabilities[order[start]!]) end++;
    const bin = Math.floor(((start + end - 1) / 2) * bins / n);
    for (let rank = start; rank < end; rank++) binOf[order[rank]!] = bin;
    start = end;
  }
  return collectBins(probabilities, outcomes, binOf, bins);
}

function checkBinning(probabilities: ArrayLike<number>, outcomes: ArrayLike<number>, bins: number): void {
  requireCount(probabilities, 1, "a calibration curve");
  requireSameLength(probabilities, outcomes, "a calibration curve");
  requireInteger(bins, 1, "the number of bins");
  requireProbabilities(probabilities, "a calibration curve");
  requireBinary(outcomes, "a calibration curve");
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
