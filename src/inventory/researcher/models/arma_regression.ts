import { solveCholesky } from "../../../core/linear.ts";
import { type Kernels, kernelsOf } from "./kernels.ts";

/**
 * Regression with ARMA(1,1) errors of one series:
 *   z_t = m + b' x_{t-1} + n_t,   n_t = phi n_{t-1} + e_t + theta e_{t-1}.
 * `values` holds [m, b.., phi, theta].
 */
export interface ArmaFit {
  readonly values: Float64Array;
  /** Residuals e_t and errors n_t by row, written by the last pass over the window. */
  readonly residuals: Float64Array;
  readonly errors: Float64Array;
  /** Conditional sum of squares at `values`, penalty included. */
  loss: number;
  /** Sums over the derivatives of residuals, and those with the residual itself as one column more. */
  readonly kernels: Kernels;
  readonly sums: Kernels;
}

/** A white-noise fit for a series of `rows` rows with `width` regressors. */
export function createArmaFit(rows: number, width: number, straightLine?: boolean): ArmaFit {
  return {
    values: new Float64Array(width + 3),
    residuals: new Float64Array(rows),
    errors: new Float64Array(rows),
    loss: NaN,
    kernels: kernelsOf(width + 3, straightLine),
    sums: kernelsOf(width + 4, straightLine),
  };
}

/** Bound on |phi| and |theta|: beyond it a fit is a unit root or not invertible. */
const MOST_ARMA = 0.97;

/**
 * Fits rows first..last by Gauss-Newton steps on the conditional sum of squares sum e_t^2, e at `first` being
 * 0, plus a ridge. A step that does not lower the loss is halved. Starts from `fit.values` as they are, so a
 * rolling window needs a step or two per refit.
 *
 * @param z The series, [rows].
 * @param design Regressors, row-major [rows][width]; row t - 1 explains z[t], so `first` >= 1.
 * @param penalty Ridge on each of [m, b.., phi, theta].
 * @param passes Evaluations of the loss with derivatives; one without follows.
 * @see G. Box, G. Jenkins, Time Series Analysis (1970), 7.1-7.2.
 */
export function fitArma(
  z: Float64Array,
  design: Float64Array,
  width: number,
  first: number,
  last: number,
  penalty: Float64Array,
  passes: number,
  fit: ArmaFit,
): void {
  const size = width + 3, best = fit.values;
  const hessian = new Float64Array(size * size), descent = new Float64Array(size);
  const trial = best.slice(), step = new Float64Array(size);
  const scratch = createScratch(size);
  let least = Infinity;
  for (let pass = 0; pass <= passes; pass++) {
    const steps = pass < passes;
    let loss = steps
      ? derivePass(z, design, width, first, last, trial, hessian, descent, fit, scratch)
      : residualPass(z, design, width, first, last, trial, fit);
    for (let i = 0; i < size; i++) loss += penalty[i]! * trial[i]! * trial[i]!;
    if (loss <= least) {
      least = loss;
      best.set(trial);
      if (!steps) break;
      for (let i = 0; i < size; i++) {
        hessian[i * size + i] = hessian[i * size + i]! * (1 + 1e-9) + penalty[i]! + 1e-9 * (last - first + 1);
        step[i] = descent[i]! - penalty[i]! * best[i]!;
      }
      if (!solveCholesky(hessian, step)) step.fill(0);
    } else {
      if (!steps) residualPass(z, design, width, first, last, best, fit); // the last step was no good
      for (let i = 0; i < size; i++) step[i] = step[i]! / 2;
    }
    for (let i = 0; i < size; i++) trial[i] = best[i]! + step[i]!;
    for (let i = size - 2; i < size; i++) trial[i] = Math.max(-MOST_ARMA, Math.min(MOST_ARMA, trial[i]!));
  }
  fit.loss = least;
}

/** The error n_t of the regression part at row t. */
export function regressionError(
  z: Float64Array,
  design: Float64Array,
  width: number,
  t: number,
  values: Float64Array,
): number {
  let n = z[t]! - values[0]!;
  const offset = (t - 1) * width;
  for (let i = 0; i < width; i++) n -= values[i + 1]! * design[offset + i]!;
  return n;
}

/** Residuals and errors of a window under given values; returns the sum of squares. */
function residualPass(
  z: Float64Array,
  design: Float64Array,
  width: number,
  first: number,
  last: number,
  values: Float64Array,
  fit: ArmaFit,
): number {
  const phi = values[width + 1]!, theta = values[width + 2]!;
  let before = 0, e = 0, sum = 0;
  for (let t = first; t <= last; t++) {
    const n = regressionError(z, design, width, t, values);
    e = t === first ? 0 : n - phi * before - theta * e;
    sum += e * e;
    before = n;
    fit.errors[t] = n;
    fit.residuals[t] = e;
  }
  return sum;
}

/** Rows whose derivatives are written down before they are summed: as many as stay near the processor. */
const CHUNK = 64;

interface Scratch {
  readonly rows: Float64Array;
  readonly state: Float64Array;
  readonly gram: Float64Array;
}

function createScratch(size: number): Scratch {
  return {
    rows: new Float64Array(CHUNK * (size + 1)),
    state: new Float64Array(size + 2),
    gram: new Float64Array((size + 1) ** 2),
  };
}

/**
 * The sum of squares, J'J (lower triangle) and -J'e of the residuals, from the recursions
 * de_t/db = -(x_{t-1} - phi x_{t-2}) - theta de_{t-1}/db, de_t/dphi = -n_{t-1} - theta de_{t-1}/dphi and
 * de_t/dtheta = -e_{t-1} - theta de_{t-1}/dtheta. The residual is summed as one more column of J.
 */
function derivePass(
  z: Float64Array,
  design: Float64Array,
  width: number,
  first: number,
  last: number,
  values: Float64Array,
  hessian: Float64Array,
  descent: Float64Array,
  { kernels, sums }: ArmaFit,
  { rows, state, gram }: Scratch,
): number {
  const size = width + 3;
  gram.fill(0);
  state.fill(0);
  state[size] = regressionError(z, design, width, first, values);
  for (let from = first; from < last; from += CHUNK) {
    const to = Math.min(from + CHUNK, last);
    kernels.armaRows(z, design, from, to, values, state, rows);
    sums.addRows(gram, rows, to - from);
  }
  for (let i = 0; i < size; i++) {
    descent[i] = -gram[size * (size + 1) + i]!;
    for (let k = 0; k <= i; k++) hessian[i * size + k] = gram[i * (size + 1) + k]!;
  }
  return gram[size * (size + 1) + size]!;
}
