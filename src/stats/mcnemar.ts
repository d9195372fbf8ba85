import { requireInteger } from "./require.ts";

/**
 * McNemar's exact test of two forecasters on the same decisions: two-sided binomial p-value that, where
 * exactly one of them was right, each was right equally often. 1 if they never disagreed.
 *
 * @param onlyFirst Decisions that the first alone got right.
 * @param onlySecond Decisions that the second alone got right.
 * @see Q. McNemar, Psychometrika 12 (1947) 153.
 */
export function mcnemarTest(onlyFirst: number, onlySecond: number): number {
  requireInteger(onlyFirst, 0, "the number of decisions that the first alone got right");
  requireInteger(onlySecond, 0, "the number of decisions that the second alone got right");
  const n = onlyFirst + onlySecond;
  let logTerm = -n * Math.LN2; // ln of C(n, k) / 2^n: the plain power underflows beyond n = 1074
  let tail = 0;
  for (let k = 0; k <= Math.min(onlyFirst, onlySecond); k++) {
    tail += Math.exp(logTerm);
    logTerm += Math.log((n - k) / (k + 1));
  }
  return Math.min(1, 2 * tail);
}
