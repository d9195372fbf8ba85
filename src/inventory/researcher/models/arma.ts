import { solveCholesky } from "../../../core/linear.ts";

/**
 * ARMA(1,1) of one series around a constant: z_t = m + n_t, n_t = phi n_{t-1} + e_t + theta e_{t-1}.
 * `values` holds [m, phi, theta].
 */
export interface ArmaFit {
  readonly values: Float64Array;
  /** Residuals e_t and errors n_t by row, written by the last pass over the window. */
  readonly residuals: Float64Array;
  readonly errors: Float64Array;
  /** Conditional sum of squares at `values`, penalty included. */
  loss: number;
}

/** A white-noise fit for a series of `rows` rows. */
export function createArmaFit(rows: number): ArmaFit {
  return {
    values: new Float64Array(3),
    residuals: new Float64Array(rows),
    errors: new Float64Array(rows),
    loss: NaN,
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
 * @param penalty Ridge on each of [m, phi, theta].
 * @param passes Evaluations of the loss with derivatives; one without follows.
 * @see G. Box, G. Jenkins, Time Series Analysis (1970), 7.1-7.2.
 */
export function fitArma(
  z: Float64Array,
  first: number,
  last: number,
  penalty: Float64Array,
  passes: number,
  fit: ArmaFit,
): void {
  const best = fit.values, hessian = new Float64Array(9), descent = new Float64Array(3);
  const trial = best.slice(), step = new Float64Array(3);
  let least = Infinity;
  for (let pass = 0; pass <= passes; pass++) {
    const steps = pass < passes;
    let loss = steps
      ? derivePass(z, first, last, trial, hessian, descent)
      : residualPass(z, first, last, trial, fit);
    for (let i = 0; i < 3; i++) loss += penalty[i]! * trial[i]! * trial[i]!;
    if (loss <= least) {
      least = loss;
      best.set(trial);
      if (!steps) break;
      for (let i = 0; i < 3; i++) {
        hessian[4 * i] = hessian[4 * i]! * (1 + 1e-9) + penalty[i]! + 1e-9 * (last - first + 1);
        step[i] = descent[i]! - penalty[i]! * best[i]!;
      }
      if (!solveCholesky(hessian, step)) step.fill(0);
    } else {
      if (!steps) residualPass(z, first, last, best, fit); // the last step was no good
      for (let i = 0; i < 3; i++) step[i] = step[i]! / 2;
    }
    for (let i = 0; i < 3; i++) trial[i] = best[i]! + step[i]!;
    for (let i = 1; i < 3; i++) trial[i] = Math.max(-MOST_ARMA, Math.min(MOST_ARMA, trial[i]!));
  }
  fit.loss = least;
}

/** Residuals and errors of a window under given values; returns the sum of squares. */
function residualPass(
  z: Float64Array,
  first: number,
  last: number,
  values: Float64Array,
  fit: ArmaFit,
): number {
  const m = values[0]!, phi = values[1]!, theta = values[2]!;
  let before = 0, e = 0, sum = 0;
  for (let t = first; t <= last; t++) {
    const n = z[t]! - m;
    e = t === first ? 0 : n - phi * before - theta * e;
    sum += e * e;
    before = n;
    fit.errors[t] = n;
    fit.residuals[t] = e;
  }
  return sum;
}

/**
 * The sum of squares, J'J (lower triangle) and -J'e of the residuals, from the recursions
 * de_t/dm = phi - 1 - theta de_{t-1}/dm, de_t/dphi = -n_{t-1} - theta de_{t-1}/dphi and
 * de_t/dtheta = -e_{t-1} - theta de_{t-1}/dtheta.
 */
function derivePass(
  z: Float64Array,
  first: number,
  last: number,
  values: Float64Array,
  hessian: Float64Array,
  descent: Float64Array,
): number {
  const m = values[0]!, phi = values[1]!, theta = values[2]!;
  let before = z[first]! - m, e = 0, a = 0, b = 0, c = 0, sum = 0;
  let aa = 0, ba = 0, bb = 0, ca = 0, cb = 0, cc = 0, ae = 0, be = 0, ce = 0;
  for (let t = first + 1; t <= last; t++) {
    const n = z[t]! - m;
    a = phi - 1 - theta * a;
    b = -before - theta * b;
    c = -e - theta * c;
    e = n - phi * before - theta * e;
    before = n;
    aa += a * a;
    ba += b * a;
    bb += b * b;
    ca += c * a;
    cb += c * b;
    cc += c * c;
    ae += a * e;
    be += b * e;
    ce += c * e;
    sum += e * e;
  }
  hessian.set([aa, 0, 0, ba, bb, 0, ca, cb, cc]);
  descent.set([-ae, -be, -ce]);
  return sum;
}

/** 1 + r + .. + r^(h-1). */
export function cumulativePower(r: number, h: number): number {
  let sum = 0, power = 1;
  for (let k = 0; k < h; k++) {
    sum += power;
    power *= r;
  }
  return sum;
}

/**
 * The variance of an h-row sum's forecast error relative to that of h independent residuals: the mean of
 * the squared cumulative moving-average weights, psi_0 = 1, psi_j = phi^(j-1) (phi + theta).
 */
export function errorVariance(phi: number, theta: number, h: number): number {
  let psi = 1, cumulative = 0, squares = 0;
  for (let k = 0; k < h; k++) {
    cumulative += psi;
    squares += cumulative * cumulative;
    psi = k === 0 ? phi + theta : phi * psi;
  }
  return squares / h;
}
