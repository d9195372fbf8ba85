import { normalInverse, normalPdf } from "../../../stats/normal.ts";
import type { Kernels } from "./kernels.ts";

/** One level of a recursive quantile regression on (1, x). */
export interface QuantileFit {
  readonly level: number;
  /** Coefficients, [size]; at first the normal's quantile and slopes of 0. */
  readonly coefficients: Float64Array;
  /** Minus the gradient of the check loss over the rows added since the last step, [size]. */
  readonly descent: Float64Array;
  /** Ridge on the slopes at the last step, over the density. */
  penalty: number;
}

/** Fits of several levels, ascending. */
export function createQuantileFits(levels: readonly number[], size: number): QuantileFit[] {
  return levels.map((level) => {
    const coefficients = new Float64Array(size);
    coefficients[0] = normalInverse(level);
    return { level, coefficients, descent: new Float64Array(size), penalty: 0 };
  });
}

/** Adds a row with label y to every level's gradient: (level - 1{y < b . z}) z. */
export function addQuantileRow(
  fits: readonly QuantileFit[],
  coefficients: readonly Float64Array[],
  x: Float64Array,
  offset: number,
  y: number,
  said: Float64Array,
  { products, addScaled }: Pick<Kernels, "products" | "addScaled">,
): void {
  products(coefficients, x, offset, said);
  for (let k = 0; k < fits.length; k++) {
    addScaled(fits[k]!.descent, x, offset, fits[k]!.level - (y < said[k]! ? 1 : 0), 1);
  }
}

/** Bounds on the density of standardised labels at a quantile, as multiples of the normal's: it sets the length of a step. */
const DENSITY_BOUNDS = [.5, 2] as const;

/**
 * One Newton step of every level on the rows added since the last: the past, forgotten by `keep`, is at its optimum but
 * for what the ridge gave way by, so that b moves by (gram + penalty I)^-1 (descent / f - change of the pull),
 * f the density of the label at the level, from the distance of the levels around it.
 *
 * @param factor Cholesky factor of gram + penalty I, the gram forgotten alike and with the new rows in it.
 * @param penalty Ridge on all coefficients but the intercept.
 * @see R. Jiang, K. Yu, Neurocomputing 508 (2022), renewable estimation: past data enter by their Hessian alone.
 */
export function stepQuantiles(
  fits: readonly QuantileFit[],
  factor: Float64Array,
  penalty: number,
  keep: number,
  { solve }: Pick<Kernels, "solve">,
): void {
  const densities = densitiesOf(fits);
  fits.forEach(({ coefficients, descent, penalty: before }, k) => {
    for (let i = 0; i < descent.length; i++) {
      const pull = i === 0 ? 0 : (penalty - keep * before) * coefficients[i]!;
      descent[i] = descent[i]! / densities[k]! - pull;
    }
    solve(factor, descent);
    for (let i = 0; i < descent.length; i++) coefficients[i] = coefficients[i]! + descent[i]!;
    descent.fill(0);
    fits[k]!.penalty = penalty;
  });
}

/**
 * Density of the label at each level where x = 0: the normal's over the scale that the neighbours' distance tells, within
 * bounds.
 */
function densitiesOf(fits: readonly QuantileFit[]): number[] {
  return fits.map(({ level }, k) => {
    const below = fits[Math.max(0, k - 1)]!, above = fits[Math.min(fits.length - 1, k + 1)]!;
    const distance = above.coefficients[0]! - below.coefficients[0]!;
    const scores = normalInverse(above.level) - normalInverse(below.level);
    const ratio = distance > 0 ? scores / distance : 1;
    return normalPdf(normalInverse(level)) * Math.max(DENSITY_BOUNDS[0], Math.min(DENSITY_BOUNDS[1], ratio));
  });
}
