/**
 * Eigenvalues of a symmetric matrix by cyclic Jacobi rotations, in descending order. Meant for small
 * matrices (n up to about 200): O(n^3) per sweep, some ten sweeps.
 *
 * @param matrix Row-major [n x n], symmetric; left unchanged.
 * @throws {RangeError} If the matrix does not hold n x n finite values or is not symmetric to 1e-9.
 * @see G. H. Golub, C. F. Van Loan, Matrix Computations, 4th ed. (2013), section 8.5.
 */
export function symmetricEigenvalues(matrix: Float64Array, n: number): Float64Array {
  requireSymmetric(matrix, n);
  const a = matrix.slice();
  for (let sweep = 0; sweep < 60 && offDiagonal(a, n) > 1e-28 * squaredNorm(a); sweep++) {
    for (let p = 0; p < n - 1; p++) {
      for (let q = p + 1; q < n; q++) rotate(a, n, p, q);
    }
  }
  return Float64Array.from({ length: n }, (_, i) => a[i * n + i]!).sort().reverse();
}

/** Zeroes a[p][q] by a rotation in the plane of p and q. */
function rotate(a: Float64Array, n: number, p: number, q: number): void {
  const apq = a[p * n + q]!;
  if (apq === 0) return;
  const theta = (a[q * n + q]! - a[p * n + p]!) / (2 * apq);
  const tangent = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
  const cosine = 1 / Math.sqrt(tangent * tangent + 1);
  const sine = tangent * cosine;
  for (let k = 0; k < n; k++) {
    const kp = a[k * n + p]!, kq = a[k * n + q]!;
    a[k * n + p] = cosine * kp - sine * kq;
    a[k * n + q] = sine * kp + cosine * kq;
  }
  for (let k = 0; k < n; k++) {
    const pk = a[p * n + k]!, qk = a[q * n + k]!;
    a[p * n + k] = cosine * pk - sine * qk;
    a[q * n + k] = sine * pk + cosine * qk;
  }
}

function offDiagonal(a: Float64Array, n: number): number {
  let sum = 0;
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) if (i !== j) sum += a[i * n + j]! ** 2;
  return sum;
}

function squaredNorm(a: Float64Array): number {
  return a.reduce((sum, value) => sum + value * value, 0);
}

function requireSymmetric(matrix: Float64Array, n: number): void {
  if (matrix.length !== n * n) {
    throw new RangeError(
      `Cannot find eigenvalues as the matrix must be ${n} x ${n}: current value is ${matrix.length} long`,
    );
  }
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      const here = matrix[i * n + j]!, mirrored = matrix[j * n + i]!;
      if (!(Math.abs(here - mirrored) <= 1e-9 * (1 + Math.abs(here)))) { // NaN fails too
        throw new RangeError(
          `Cannot find eigenvalues as the matrix must be finite and symmetric: current value is ${here} and ${mirrored}`,
        );
      }
    }
  }
}
