/**
 * Solves A x = b in place for a symmetric positive definite A by Cholesky factorisation.
 *
 * @param a Row-major [d x d]; overwritten by its lower factor.
 * @param b Shape [d]; overwritten by the solution.
 * @returns False, with a and b spoilt, if A is not positive definite.
 */
export function solveCholesky(a: Float64Array, b: Float64Array): boolean {
  return factorCholesky(a, b.length) && (solveFactored(a, b), true);
}

/** Replaces the lower triangle of a symmetric A [d x d] by its Cholesky factor L, A = L L'. False if A is not positive definite. */
export function factorCholesky(a: Float64Array, d: number): boolean {
  for (let i = 0; i < d; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = a[i * d + j]!;
      for (let k = 0; k < j; k++) sum -= a[i * d + k]! * a[j * d + k]!;
      if (i === j) {
        if (!(sum > 0)) return false;
        a[i * d + i] = Math.sqrt(sum);
      } else {
        a[i * d + j] = sum / a[j * d + j]!;
      }
    }
  }
  return true;
}

/** Solves L L' x = b in place, given the lower factor L in `a` (row-major [d x d]) and d = b.length. */
export function solveFactored(a: Float64Array, b: Float64Array): void {
  const d = b.length;
  for (let i = 0; i < d; i++) {
    let sum = b[i]!;
    for (let k = 0; k < i; k++) sum -= a[i * d + k]! * b[k]!;
    b[i] = sum / a[i * d + i]!;
  }
  for (let i = d - 1; i >= 0; i--) {
    let sum = b[i]!;
    for (let k = i + 1; k < d; k++) sum -= a[k * d + i]! * b[k]!;
    b[i] = sum / a[i * d + i]!;
  }
}
