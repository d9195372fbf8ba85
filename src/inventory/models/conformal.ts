/**
 * The place of the conformal quantile among n scores: the ceil((n + 1) coverage)-th smallest. Beyond n there is none: an
 * interval that keeps its promise is then without bound.
 *
 * @see V. Vovk, A. Gammerman, G. Shafer, Algorithmic Learning in a Random World (2005).
 */
export function conformalPlace(n: number, coverage: number): number {
  return Math.ceil((n + 1) * coverage - 1e-12); // 11 * .9 is a little more than 9.9 in doubles
}

/** The conformal quantile of ascending scores; Infinity where the promise asks for more scores than there are. */
export function conformalQuantile(sorted: Float64Array, size: number, coverage: number): number {
  const place = conformalPlace(size, coverage);
  return place > size ? Infinity : place < 1 ? 0 : sorted[place - 1]!;
}

/**
 * One step of adaptive conformal inference: the miscoverage that is asked for next, which may leave [0, 1].
 *
 * @param miss 1 if the outcome lay outside the last interval, 0 if inside; a share where several coins count at once.
 * @see I. Gibbs, E. Candes, NeurIPS 34 (2021), eq. 2.
 */
export function adaptMiscoverage(now: number, target: number, rate: number, miss: number): number {
  return now + rate * (target - miss);
}

/** One step of quantile tracking: q + rate (miss - target). @see A. Angelopoulos, E. Candes, R. Tibshirani, NeurIPS 36 (2023), eq. 4. */
export function trackQuantile(q: number, target: number, rate: number, miss: number): number {
  return q + rate * (miss - target);
}

/**
 * The integral part of conformal PID control: it saturates, so that a long run of misses widens without bound only as
 * slowly as ln t / t allows.
 *
 * @param sum Misses less their target so far, summed.
 * @param t Steps so far, >= 1.
 * @param saturation C_sat: the larger, the later the tangent takes hold.
 * @param gain K_I, in units of the score.
 * @see A. Angelopoulos, E. Candes, R. Tibshirani, NeurIPS 36 (2023), section 2.2.
 */
export function integralPart(sum: number, t: number, saturation: number, gain: number): number {
  const inside = sum * Math.log(t + 1) / (saturation * (t + 1));
  const edge = Math.PI / 2 - 1e-3;
  return gain * Math.tan(Math.max(-edge, Math.min(edge, inside)));
}
