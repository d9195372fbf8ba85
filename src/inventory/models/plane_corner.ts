/** Rows whose regressors, of about unit scale, are nearer to one another's multiples than this hold no plane. */
const LEAST_PIVOT = 1e-12;

/** The rows that lie on a plane. */
export interface Corner {
  /** At first -1: each coefficient is held by a row of the identity instead; [width]. */
  readonly held: Int32Array;
  /** Inverse of the matrix of their regressors; row-major [width][width]. */
  readonly inverse: Float64Array;
}

/** A corner that no row holds yet. */
export function createCorner(width: number): Corner {
  return { held: new Int32Array(width).fill(-1), inverse: new Float64Array(width * width) };
}

/** Writes the inverse by Gauss and Jordan with row exchange; false if rows are dependent. */
export function invert({ held, inverse }: Corner, columns: readonly Float64Array[]): boolean {
  const size = held.length, a = new Float64Array(size * size);
  inverse.fill(0);
  for (let i = 0; i < size; i++) {
    inverse[i * size + i] = 1;
    for (let k = 0; k < size; k++) a[i * size + k] = held[i]! < 0 ? Number(i === k) : columns[k]![held[i]!]!;
  }
  for (let k = 0; k < size; k++) {
    let pivot = k;
    for (let i = k + 1; i < size; i++) {
      if (Math.abs(a[i * size + k]!) > Math.abs(a[pivot * size + k]!)) pivot = i;
    }
    if (!(Math.abs(a[pivot * size + k]!) > LEAST_PIVOT)) return false;
    const scale = 1 / a[pivot * size + k]!;
    for (const matrix of [a, inverse]) {
      for (let j = 0; j < size; j++) {
        const moved = matrix[pivot * size + j]!;
        matrix[pivot * size + j] = matrix[k * size + j]!;
        matrix[k * size + j] = scale * moved;
      }
    }
    for (let i = 0; i < size; i++) {
      const factor = a[i * size + k]!;
      if (i === k || factor === 0) continue;
      for (const matrix of [a, inverse]) {
        for (let j = 0; j < size; j++) {
          matrix[i * size + j] = matrix[i * size + j]! - factor * matrix[k * size + j]!;
        }
      }
    }
  }
  return true;
}

/** Coefficients of the plane through the rows; [width]. */
export function planeThrough({ held, inverse }: Corner, y: Float64Array): Float64Array {
  const size = held.length;
  return new Float64Array(size).map((_, i) => {
    let sum = 0;
    for (let k = 0; k < size; k++) sum += inverse[i * size + k]! * y[held[k]!]!;
    return sum;
  });
}
