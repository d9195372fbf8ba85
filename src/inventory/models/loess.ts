/** How a series over places 0..n-1 is smoothed locally. */
export interface LoessSpan {
  /** Rows of the window, odd. */
  readonly window: number;
  /** 0 for a local mean, 1 for a local line. */
  readonly degree: 0 | 1;
  /** Places at which a fit is made are so far apart; between them it is interpolated. */
  readonly jump: number;
}

/**
 * The local fit at place `at` (which may lie outside 0..n-1) of values left..right with tricube weights; NaN where all weights are
 * 0.
 *
 * @param robust Weights of the rows beside; null for 1.
 * @see W. Cleveland, JASA 74 (1979) 829.
 */
export function loessAt(
  values: Float64Array,
  n: number,
  { window, degree }: LoessSpan,
  at: number,
  left: number,
  right: number,
  robust: Float64Array | null,
  weights: Float64Array,
): number {
  let h = Math.max(at - left, right - at);
  if (window > n) h += Math.floor((window - n) / 2);
  const most = .999 * h, least = .001 * h;
  let total = 0, sum = 0;
  for (let j = left; j <= right; j++) {
    const distance = Math.abs(j - at);
    let weight = 0;
    if (distance <= most) {
      const share = distance / h, left = 1 - share * share * share;
      weight = distance <= least ? 1 : left * left * left;
      if (robust) weight *= robust[j]!;
    }
    weights[j] = weight;
    total += weight;
    sum += weight * values[j]!;
  }
  if (!(total > 0)) return NaN;
  const mean = sum / total;
  if (degree === 0 || !(h > 0)) return mean;
  let centre = 0, spread = 0, slope = 0;
  for (let j = left; j <= right; j++) centre += weights[j]! * j;
  centre /= total;
  for (let j = left; j <= right; j++) {
    const away = j - centre;
    spread += weights[j]! * away * away;
    slope += weights[j]! * away * values[j]!;
  }
  if (!(Math.sqrt(spread / total) > .001 * (n - 1))) return mean;
  return mean + (at - centre) * slope / spread;
}

/** Smooths the first n values to `out` from `offset` on. */
export function loess(
  values: Float64Array,
  n: number,
  span: LoessSpan,
  robust: Float64Array | null,
  out: Float64Array,
  offset: number,
  weights: Float64Array,
): void {
  if (n < 2) {
    out[offset] = values[0]!;
    return;
  }
  const { window } = span, jump = Math.min(span.jump, n - 1), half = Math.floor((window + 1) / 2);
  let left = 0, right = 0, last = 0;
  const fit = (at: number) => {
    if (window >= n) [left, right] = [0, n - 1];
    else {
      left = Math.max(0, Math.min(n - window, at + 1 - half));
      right = left + window - 1;
    }
    const value = loessAt(values, n, span, at, left, right, robust, weights);
    out[offset + at] = Number.isNaN(value) ? values[at]! : value;
  };
  for (let at = 0; at < n; at += jump) {
    fit(at);
    last = at;
  }
  if (last < n - 1) fit(n - 1);
  if (jump === 1) return;
  for (let at = 0; at < n - 1; at += jump) {
    const next = Math.min(at + jump, n - 1), from = out[offset + at]!;
    const step = (out[offset + next]! - from) / (next - at);
    for (let j = at + 1; j < next; j++) out[offset + j] = from + step * (j - at);
  }
}
