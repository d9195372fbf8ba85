import { correlationMatrix } from "./correlation.ts";

/**
 * Effective number of independent series among correlated ones: the participation ratio
 * (sum lambda)^2 / sum lambda^2 of the eigenvalues of their correlation matrix. From 1 (all alike) to k.
 * Both sums follow from the matrix itself: its trace k and its squared Frobenius norm.
 *
 * @param series Returns of each trial on the same bars.
 * @throws {RangeError} If one of them never moves.
 */
export function effectiveTrials(series: readonly ArrayLike<number>[]): number {
  return participationRatio(correlationMatrix(series), series.length);
}

/** (sum lambda)^2 / sum lambda^2 of a symmetric matrix, row-major [n x n]. */
export function participationRatio(matrix: Float64Array, n: number): number {
  let trace = 0, squares = 0;
  for (let i = 0; i < n; i++) {
    trace += matrix[i * n + i]!;
    for (let j = 0; j < n; j++) squares += matrix[i * n + j]! ** 2;
  }
  return (trace * trace) / squares;
}
