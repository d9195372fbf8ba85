import { type Kernels, kernelsOf } from "./kernels.ts";

/** A sample of a linear regression, row-major design [n][size] with its intercept column of ones first. */
export interface QuantileSample {
  readonly size: number;
  /** Rows in use; the arrays may be longer. */
  n: number;
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** Cholesky factor of X'X + diag(n ridge), row-major; `prepareSample` fills it. */
  readonly factor: Float64Array;
  /** Column sums of the design, [size]; `prepareSample` fills it. */
  readonly sums: Float64Array;
  readonly kernels: Kernels;
}

/** An empty sample with room for `capacity` rows. */
export function createSample(capacity: number, size: number, straightLine?: boolean): QuantileSample {
  return {
    size,
    n: 0,
    x: new Float64Array(capacity * size),
    y: new Float64Array(capacity),
    factor: new Float64Array(size * size),
    sums: new Float64Array(size),
    kernels: kernelsOf(size, straightLine),
  };
}

/** Appends the row (1, regressors at `offset`) with its label. */
export function appendRow(sample: QuantileSample, design: Float64Array, offset: number, label: number): void {
  const { size, n, x, y } = sample;
  x[n * size] = 1;
  for (let i = 1; i < size; i++) x[n * size + i] = design[offset + i - 1]!;
  y[n] = label;
  sample.n++;
}

/**
 * Factors X'X plus the ridge, which all levels share.
 *
 * @param ridge Penalty per row on each coefficient but the intercept; the intercept's is negligible.
 * @returns False if it is not positive definite.
 */
export function prepareSample(sample: QuantileSample, ridge: number, work: Float64Array): boolean {
  const { size, n, x, factor } = sample;
  work.fill(0);
  sample.kernels.addRows(work, x, n);
  for (let i = 0; i < size; i++) sample.sums[i] = work[i * size]!; // against the column of ones
  const penalty = new Float64Array(size).fill(n * (ridge + 1e-6));
  penalty[0] = n * 1e-9;
  return sample.kernels.factor(work, penalty, factor);
}

/** What one level needs between two fits. */
export interface QuantileFit {
  readonly level: number;
  /** Density of the residual at 0 that is expected where labels have unit scale; scales the ridge and guards the step. */
  readonly density: number;
  /** The coefficients, [size]: start on the way in, solution on the way out. */
  readonly coefficients: Float64Array;
}

/**
 * Linear quantile regression by Newton's method on a smoothed check function: the check loss convolved
 * with a uniform kernel of half-width w,
 *   l(r) = r^2 / (4 w) + w / 4 + (level - 1/2) r if |r| < w, else max(level r, (level - 1) r),
 * plus density n ridge |b|^2 / 2 on the slopes. The Hessian is taken as the estimated density of residuals
 * at 0 times X'X, factored once for all levels; a step that does not lower the loss is halved. Warm starts
 * make two steps enough in a rolling window; `passes` bounds the evaluations.
 *
 * @returns The smoothed loss at the solution.
 * @see M. Fernandes, E. Guerre, E. Horta, J. Business & Economic Statistics 39 (2021); X. He, X. Pan, K. M. Tan,
 *   W.-X. Zhou, J. Econometrics 232 (2023).
 */
export function fitQuantile(
  sample: QuantileSample,
  fit: QuantileFit,
  ridge: number,
  halfWidth: number,
  passes: number,
): number {
  const { size, n } = sample, best = fit.coefficients;
  const penalty = fit.density * n * ridge;
  const trial = best.slice(), gradient = new Float64Array(size), step = new Float64Array(size);
  let least = Infinity;
  for (let pass = 0; pass < passes; pass++) {
    const last = pass === passes - 1; // whose step nobody takes
    gradient.fill(0);
    const { loss, density } = evaluate(sample, fit.level, trial, penalty, halfWidth, last ? null : gradient);
    if (loss <= least) {
      least = loss;
      best.set(trial);
      if (last) break;
      const scale = 1 / Math.max(density, 0.5 * fit.density);
      step.set(gradient);
      sample.kernels.solve(sample.factor, step);
      for (let i = 0; i < size; i++) step[i] = step[i]! * scale;
    } else {
      for (let i = 0; i < size; i++) step[i] = step[i]! / 2;
    }
    for (let i = 0; i < size; i++) trial[i] = best[i]! + step[i]!;
  }
  return least;
}

/** Loss and density at b; the descent direction, minus the gradient, is added to `descent` where one is asked for. */
function evaluate(
  sample: QuantileSample,
  level: number,
  b: Float64Array,
  penalty: number,
  halfWidth: number,
  descent: Float64Array | null,
): { readonly loss: number; readonly density: number } {
  const { size, n, x, y, sums, kernels } = sample, base = level > 0.5 ? 1 : 0;
  const out = new Float64Array(2);
  kernels.checkLoss(x, y, n, b, level, halfWidth, descent, out);
  let loss = out[0]!;
  if (descent) { for (let i = 0; i < size; i++) descent[i] = descent[i]! + (level - base) * sums[i]!; }
  for (let i = 1; i < size; i++) {
    loss += penalty * b[i]! * b[i]! / 2;
    if (descent) descent[i] = descent[i]! - penalty * b[i]!;
  }
  return { loss, density: out[1]! * (1 / (2 * halfWidth)) / n };
}
