/**
 * Variance of a full grid taken apart by its factors (functional analysis of variance under equal weights): main effects,
 * pairs, triples. The parts add up to the variance of all values.
 */
import { requireInteger } from "./require.ts";

/** The effect of some factors together, beyond what fewer of them have. */
export interface VariancePart {
  /** Which factors, ascending. */
  readonly factors: readonly number[];
  /** Variance of the effect over the grid (mean of its squares). */
  readonly variance: number;
  /** The effect at each point of the grid; shape [points]. */
  readonly effect: Float64Array;
}

/**
 * Parts by factors, one factor first, then two.
 *
 * @param values One value a point of the grid, the last factor varying fastest.
 * @param sizes Levels of each factor.
 * @throws {RangeError} If values are not as many as points.
 * @see B. Efron, C. Stein, Annals of Statistics 9 (1981) 586.
 */
export function varianceParts(values: ArrayLike<number>, sizes: readonly number[]): VariancePart[] {
  const points = sizes.reduce((product, size) => product * size, 1);
  requireInteger(values.length === points ? points : NaN, 1, `the number of values, one of ${points}`);
  const masks = Array.from({ length: 1 << sizes.length }, (_, mask) => mask);
  const means = masks.map((mask) => meansOver(values, sizes, mask));
  return masks.slice(1).map((mask) => {
    const factors = sizes.flatMap((_, i) => (mask >> i) & 1 ? [i] : []);
    const effect = new Float64Array(points);
    for (const part of masks) {
      if ((part & mask) !== part) continue;
      const sign = (bits(mask) - bits(part)) % 2 === 0 ? 1 : -1;
      for (let p = 0; p < points; p++) effect[p]! += sign * means[part]![p]!;
    }
    return { factors, effect, variance: effect.reduce((sum, one) => sum + one * one, 0) / points };
  }).sort((a, b) => a.factors.length - b.factors.length);
}

/**
 * Shapley value of a factor in the game of variances: each part is dealt out evenly to the factors in it.
 *
 * @see A. B. Owen, SIAM/ASA J. Uncertainty Quantification 2 (2014) 245.
 */
export function shapleyVariance(parts: readonly VariancePart[], factor: number): number {
  return parts.reduce(
    (sum, { factors, variance }) => factors.includes(factor) ? sum + variance / factors.length : sum,
    0,
  );
}

/**
 * Shapley interaction index of two factors in that game: the parts that hold both, each over the number of its factors less
 * one. 0 where the two add up whatever the others are.
 *
 * @see M. Grabisch, M. Roubens, International J. of Game Theory 28 (1999) 547.
 */
export function interactionVariance(parts: readonly VariancePart[], a: number, b: number): number {
  return parts.reduce(
    (sum, { factors, variance }) =>
      factors.includes(a) && factors.includes(b) ? sum + variance / (factors.length - 1) : sum,
    0,
  );
}

/** At each point the mean of all points that agree with it in the factors of a mask. */
function meansOver(values: ArrayLike<number>, sizes: readonly number[], mask: number): Float64Array {
  const points = values.length, sums = new Map<number, number>(), counts = new Map<number, number>();
  const keys = Float64Array.from({ length: points }, (_, point) => {
    let rest = point, key = 0, stride = 1;
    for (let i = sizes.length - 1; i >= 0; i--) {
      const level = rest % sizes[i]!;
      rest = (rest - level) / sizes[i]!;
      if ((mask >> i) & 1) key += level * stride;
      stride *= sizes[i]!;
    }
    return key;
  });
  for (let p = 0; p < points; p++) {
    sums.set(keys[p]!, (sums.get(keys[p]!) ?? 0) + values[p]!);
    counts.set(keys[p]!, (counts.get(keys[p]!) ?? 0) + 1);
  }
  return keys.map((key) => sums.get(key)! / counts.get(key)!);
}

function bits(mask: number): number {
  let count = 0;
  for (let rest = mask; rest > 0; rest &= rest - 1) count++;
  return count;
}
