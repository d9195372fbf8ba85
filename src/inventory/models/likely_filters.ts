/** Rows after which a likelihood counts half where filters are weighed by it. */
const HALF_LIFE = 360;

/**
 * Weights of filters of one series under different variances, by the likelihood of the rows so far, old ones forgotten: row t reads
 * rows <= t. It takes the place of a maximum likelihood fit on a window, costs one pass and never jumps.
 *
 * @param logDensities ln of the density of each row given those before, [filter][rows].
 * @param use Called at each row with the weights, which sum to 1 and are written over at the next.
 */
export function weighFilters(
  logDensities: readonly Float64Array[],
  use: (row: number, weights: Float64Array) => void,
): void {
  const sums = new Float64Array(logDensities.length), weights = new Float64Array(logDensities.length);
  const keep = Math.pow(2, -1 / HALF_LIFE), rows = logDensities[0]!.length;
  for (let t = 0; t < rows; t++) {
    let most = -Infinity, total = 0;
    for (let i = 0; i < sums.length; i++) {
      sums[i] = keep * sums[i]! + logDensities[i]![t]!;
      most = Math.max(most, sums[i]!);
    }
    for (let i = 0; i < sums.length; i++) {
      weights[i] = Math.exp(sums[i]! - most);
      total += weights[i]!;
    }
    for (let i = 0; i < sums.length; i++) weights[i] = weights[i]! / total;
    use(t, weights);
  }
}
