import { symmetricEigenvalues } from "./eigenvalues.ts";

/**
 * Vendi score: the effective number of distinct items, exp of the entropy of the eigenvalues of K / n.
 * From 1 (all alike) to n (nothing in common).
 *
 * @param kernel Similarities, row-major [n x n], symmetric, positive semi-definite, 1 on the diagonal.
 * @see D. Friedman, A. B. Dieng, The Vendi score, TMLR 2023, eq. 1.
 */
export function vendiScore(kernel: Float64Array, n: number): number {
  let entropy = 0;
  for (const eigenvalue of symmetricEigenvalues(kernel, n)) {
    const share = eigenvalue / n;
    if (share > 0) entropy -= share * Math.log(share); // rounding leaves -1e-17 where items are alike
  }
  return Math.exp(entropy);
}
