/** Probabilities are kept this far from 0 and 1 where their logarithm is taken. */
const EDGE = 1e-6;
const inside = (p: number) => Math.max(EDGE, Math.min(1 - EDGE, p));

/** ln(p / (1 - p)). */
export function logit(p: number): number {
  const q = inside(p);
  return Math.log(q / (1 - q));
}

/** The inverse of `logit`. */
export function logistic(x: number): number {
  return 1 / (1 + Math.exp(-x));
}

/**
 * Mean of -ln of what was said of what came about, logits divided by a temperature.
 *
 * @param logits Shape [n].
 * @param outcomes 0 or 1, [n].
 */
export function logLoss(
  logits: ArrayLike<number>,
  outcomes: ArrayLike<number>,
  temperature = 1,
): number {
  let loss = 0;
  for (let i = 0; i < outcomes.length; i++) {
    const x = logits[i]! / temperature, y = outcomes[i]!;
    // ln(1 + e^x) - y x, without overflow
    loss += Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))) - y * x;
  }
  return loss / outcomes.length;
}

/** Passes of Newton's method at most, the relative step that ends them, and the least temperature. */
const PASSES = 60, STEP = 1e-9, COLDEST = 1e-6;

/**
 * The temperature T > 0 of least log loss: probabilities become logistic(logit(p) / T), so that none crosses one half. The loss
 * is convex in 1 / T, where Newton's method finds it in three or four passes; a step out of what is known to
 * hold the optimum is replaced by a bisection.
 *
 * @param logits Logits of what was said, [n].
 * @param outcomes 0 or 1, [n].
 * @param start A temperature near by.
 * @returns Infinity where sides were said wrongly rather than rightly, COLDEST where never wrongly.
 * @see C. Guo et al., On Calibration of Modern Neural Networks, ICML (2017).
 */
export function fitTemperature(
  logits: ArrayLike<number>,
  outcomes: ArrayLike<number>,
  start = 1,
): number {
  const n = outcomes.length;
  let away = 0; // derivative of the loss at 1 / T = 0
  for (let i = 0; i < n; i++) away += (.5 - outcomes[i]!) * logits[i]!;
  if (away >= 0) return Infinity;
  let a = 1 / start, low = 0, high = Infinity;
  for (let pass = 0; pass < PASSES && a < 1 / COLDEST; pass++) {
    let slope = 0, curve = 0;
    for (let i = 0; i < n; i++) {
      const x = logits[i]!, p = 1 / (1 + Math.exp(-a * x));
      slope += (p - outcomes[i]!) * x;
      curve += p * (1 - p) * x * x;
    }
    if (slope > 0) high = a;
    else low = a;
    const newton = a - slope / curve;
    const next = newton > low && newton < high ? newton : high < Infinity ? (low + high) / 2 : 4 * a;
    const near = Math.abs(next - a) <= STEP * a;
    a = next;
    if (near) break; // steps shrink by squares: the next one would be below the last digit
  }
  return Math.max(COLDEST, 1 / a);
}

/** A line in the logit. */
export interface PlattLine {
  readonly offset: number;
  readonly slope: number;
}

/**
 * Platt's line: probabilities become logistic(offset + slope logit(p)), by Newton's method on the log loss.
 *
 * @param ridge Pull of (offset, slope) to (0, 1), in rows; 0 for the plain fit.
 * @param start A line near by.
 * @see J. Platt, Advances in Large Margin Classifiers (1999) 61.
 */
export function fitPlatt(
  logits: ArrayLike<number>,
  outcomes: ArrayLike<number>,
  ridge = 0,
  start: PlattLine = { offset: 0, slope: 1 },
): PlattLine {
  let { offset, slope } = start;
  for (let pass = 0; pass < 50; pass++) {
    let g0 = -ridge * offset, g1 = -ridge * (slope - 1), h00 = ridge + 1e-9, h01 = 0, h11 = ridge + 1e-9;
    for (let i = 0; i < outcomes.length; i++) {
      const x = logits[i]!, p = logistic(offset + slope * x), weight = p * (1 - p), error = outcomes[i]! - p;
      g0 += error;
      g1 += error * x;
      h00 += weight;
      h01 += weight * x;
      h11 += weight * x * x;
    }
    const determinant = h00 * h11 - h01 * h01;
    if (!(determinant > 0)) break;
    const d0 = (h11 * g0 - h01 * g1) / determinant, d1 = (h00 * g1 - h01 * g0) / determinant;
    offset += Math.max(-2, Math.min(2, d0));
    slope += Math.max(-2, Math.min(2, d1));
    if (Math.abs(d0) + Math.abs(d1) < STEP) break;
  }
  return { offset, slope };
}

/**
 * The non-decreasing series nearest to the given one in weighted squares, by pooling neighbours that violate the order.
 *
 * @returns Shape [n].
 * @see M. Ayer et al., Annals of Mathematical Statistics 26 (1955) 641.
 */
export function isotonicFit(values: ArrayLike<number>, weights?: ArrayLike<number>): Float64Array {
  const n = values.length, sum = new Float64Array(n), weight = new Float64Array(n), end = new Int32Array(n);
  let blocks = 0;
  for (let i = 0; i < n; i++) {
    const own = weights ? weights[i]! : 1;
    sum[blocks] = own * values[i]!;
    weight[blocks] = own;
    end[blocks] = i + 1;
    blocks++;
    while (blocks > 1 && sum[blocks - 2]! * weight[blocks - 1]! >= sum[blocks - 1]! * weight[blocks - 2]!) {
      sum[blocks - 2] = sum[blocks - 2]! + sum[blocks - 1]!;
      weight[blocks - 2] = weight[blocks - 2]! + weight[blocks - 1]!;
      end[blocks - 2] = end[blocks - 1]!;
      blocks--;
    }
  }
  const out = new Float64Array(n);
  for (let b = 0, from = 0; b < blocks; from = end[b]!, b++) out.fill(sum[b]! / weight[b]!, from, end[b]!);
  return out;
}
