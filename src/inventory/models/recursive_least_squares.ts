/** Recursive least squares of y on x: coefficients and the inverse of the weighted sum of x x', row-major [size][size], of which the lower triangle counts. */
export interface RecursiveFit {
  readonly coefficients: Float64Array;
  readonly inverse: Float64Array;
}

/** A fit that has seen nothing: coefficients 0, inverse `variance` times the identity (the prior variance over the noise's). */
export function createRecursiveFit(size: number, variance: number): RecursiveFit {
  const inverse = new Float64Array(size * size);
  for (let i = 0; i < size; i++) inverse[i * size + i] = variance;
  return { coefficients: new Float64Array(size), inverse };
}

/**
 * Takes one row in: k = P x / (keep + x'P x), b += k (y - x'b), P = (P - k x'P) / keep. Only the lower triangle of P is
 * read and written, so that it is symmetric by its form.
 *
 * @param x Regressors at `offset`; shape [size] from there.
 * @param keep Forgetting factor in (0, 1].
 * @param work Shape [size]; left holding P x.
 * @returns x'P x before the update, the leverage of the row.
 * @see L. Ljung, System Identification (1999), 11.2.
 */
export function addRecursiveRow(
  { coefficients: b, inverse: p }: RecursiveFit,
  x: Float64Array,
  offset: number,
  y: number,
  keep: number,
  work: Float64Array,
): number {
  const size = b.length;
  multiplySymmetric(p, size, x, offset, work);
  let leverage = 0, error = y;
  for (let i = 0; i < size; i++) {
    leverage += work[i]! * x[offset + i]!;
    error -= b[i]! * x[offset + i]!;
  }
  const scale = 1 / (keep + leverage), grow = 1 / keep;
  for (let i = 0; i < size; i++) {
    const gain = scale * work[i]!, row = i * size;
    b[i] = b[i]! + gain * error;
    for (let k = 0; k <= i; k++) p[row + k] = grow * (p[row + k]! - gain * work[k]!);
  }
  return leverage;
}

/**
 * Writes P x to `out`, P by its lower triangle. Four sums go side by side, as each waits for its own last addition; every one
 * of them adds its terms in the order of x.
 */
function multiplySymmetric(
  p: Float64Array,
  size: number,
  x: Float64Array,
  offset: number,
  out: Float64Array,
): void {
  const whole = size - size % 4;
  for (let i = 0; i < whole; i += 4) {
    const a = i * size, b = a + size, c = b + size, d = c + size;
    let s = 0, t = 0, u = 0, v = 0;
    for (let k = 0; k < i; k++) { // left of the block on the diagonal
      const z = x[offset + k]!;
      s += p[a + k]! * z;
      t += p[b + k]! * z;
      u += p[c + k]! * z;
      v += p[d + k]! * z;
    }
    const z = x[offset + i]!, z1 = x[offset + i + 1]!, z2 = x[offset + i + 2]!, z3 = x[offset + i + 3]!;
    const ba = p[b + i]!, ca = p[c + i]!, cb = p[c + i + 1]!;
    const da = p[d + i]!, db = p[d + i + 1]!, dc = p[d + i + 2]!;
    s = s + p[a + i]! * z + ba * z1 + ca * z2 + da * z3;
    t = t + ba * z + p[b + i + 1]! * z1 + cb * z2 + db * z3;
    u = u + ca * z + cb * z1 + p[c + i + 2]! * z2 + dc * z3;
    v = v + da * z + db * z1 + dc * z2 + p[d + i + 3]! * z3;
    for (let k = i + 4; k < size; k++) { // below it, read as rows to its right
      const w = x[offset + k]!, at = k * size + i;
      s += p[at]! * w;
      t += p[at + 1]! * w;
      u += p[at + 2]! * w;
      v += p[at + 3]! * w;
    }
    out[i] = s;
    out[i + 1] = t;
    out[i + 2] = u;
    out[i + 3] = v;
  }
  for (let i = whole; i < size; i++) {
    let sum = 0;
    for (let k = 0; k < size; k++) sum += p[k <= i ? i * size + k : k * size + i]! * x[offset + k]!;
    out[i] = sum;
  }
}
