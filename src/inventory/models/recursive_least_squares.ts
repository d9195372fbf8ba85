/** Recursive least squares of y on x: coefficients and the inverse of the weighted sum of x x', row-major [size][size]. */
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
 * Takes one row in: k = P x / (keep + x'P x), b += k (y - x'b), P = (P - k x'P) / keep.
 *
 * Both triangles of P are written from one product, so that it stays symmetric to the bit.
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
  let leverage = 0, error = y;
  for (let i = 0; i < size; i++) {
    let sum = 0;
    const row = i * size;
    for (let k = 0; k < size; k++) sum += p[row + k]! * x[offset + k]!;
    work[i] = sum;
    leverage += sum * x[offset + i]!;
    error -= b[i]! * x[offset + i]!;
  }
  const scale = 1 / (keep + leverage), grow = 1 / keep;
  for (let i = 0; i < size; i++) {
    const gain = scale * work[i]!, row = i * size;
    b[i] = b[i]! + gain * error;
    for (let k = 0; k <= i; k++) {
      const value = grow * (p[row + k]! - gain * work[k]!);
      p[row + k] = value;
      p[k * size + i] = value;
    }
  }
  return leverage;
}
