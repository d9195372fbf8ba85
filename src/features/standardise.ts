import { requireWindow } from "../core/series.ts";

/** Bound of a standardised reading, in standard deviations. */
export const READING_LIMIT = 4;

/**
 * Causal z-score: (x - mean) / sd with exponentially weighted mean and variance that include x. The weights
 * are those of a plain mean until 1/tau is the larger. With x included, the first value after a long calm
 * reaches at most sqrt(tau - 1) and none is infinite.
 *
 * @param values Shape [n]; a value that is not finite gives NaN and leaves mean and variance as they are.
 * @param tau Decay time in rows, an integer >= 1: the newest value weighs 1/tau.
 * @param warmUp Values seen before the first score, an integer >= 1.
 * @returns Shape [n], about unit scale; NaN for the first `warmUp` values that are finite. No variation gives 0.
 * @throws {RangeError} If `tau` or `warmUp` is not an integer >= 1.
 * @see T. Finch, Incremental calculation of weighted mean and variance (2009), section 9.
 */
export function ewmaZ(values: Float64Array, tau: number, warmUp: number): Float64Array {
  requireWindow(tau, 1, "a causal z-score");
  requireWindow(warmUp, 1, "the warm-up of a causal z-score");
  const out = new Float64Array(values.length).fill(NaN);
  const least = 1 / tau;
  let mean = 0, variance = 0, seen = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (value - value !== 0) continue; // NaN, or infinite: one of those would stay in the mean for ever
    seen++;
    const weight = Math.max(least, 1 / seen);
    const deviation = value - mean;
    mean += weight * deviation;
    variance = (1 - weight) * (variance + weight * deviation * deviation);
    if (seen <= warmUp) continue;
    // A variance at the rounding error of the mean is no variation.
    out[i] = variance <= 1e-18 * mean * mean ? 0 : (value - mean) / Math.sqrt(variance);
  }
  return out;
}

/** Turns z-scores into readings for agents: clipped to +-READING_LIMIT, NaN (warm-up) read as 0. Shape [n]. */
export function toReading(scores: Float64Array): Float64Array {
  const out = new Float64Array(scores.length);
  for (let i = 0; i < out.length; i++) {
    const score = scores[i]!;
    out[i] = score !== score ? 0 : Math.max(-READING_LIMIT, Math.min(READING_LIMIT, score));
  }
  return out;
}
