import { requireFinite } from "./require.ts";

/**
 * Ranks 1..n of the values; equal values share the mean of their ranks. Shape [n].
 *
 * @throws {RangeError} If a value is not finite: a NaN has no place in an order.
 */
export function midRanks(values: ArrayLike<number>): Float64Array {
  requireFinite(values, "ranks");
  const n = values.length;
  const order = Uint32Array.from({ length: n }, (_, i) => i).sort((i, j) => values[i]! - values[j]!);
  const ranks = new Float64Array(n);
  for (let start = 0; start < n;) {
    let end = start + 1;
    while (end < n && values[order[end]!] === values[order[start]!]) end++;
    for (let k = start; k < end; k++) ranks[order[k]!] = (start + 1 + end) / 2;
    start = end;
  }
  return ranks;
}
