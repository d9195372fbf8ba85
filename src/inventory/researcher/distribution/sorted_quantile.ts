/** Quantile at p of ascending values: order statistic k of n stands for k / (n + 1), linear in between and from 0 to the first. */
export function quantileOfSorted(sorted: Float64Array, size: number, p: number): number {
  const position = p * (size + 1), count = Math.floor(position);
  if (size === 0) return NaN;
  if (count >= size) return sorted[size - 1]!;
  const below = count === 0 ? 0 : sorted[count - 1]!;
  return below + (position - count) * (sorted[count]! - below);
}

/** Merges `fresh`, ascending, into the first `size` values of `sorted`, which has room for them; in place, from the end. */
export function mergeSorted(sorted: Float64Array, size: number, fresh: Float64Array): void {
  let i = size - 1, k = fresh.length - 1;
  for (let at = size + fresh.length - 1; k >= 0; at--) {
    if (i >= 0 && sorted[i]! > fresh[k]!) sorted[at] = sorted[i--]!;
    else sorted[at] = fresh[k--]!;
  }
}
