import { solveCholesky } from "../../core/linear.ts";

/** What is best at given phi and theta: coefficients, variance of the innovations and likelihood. */
export interface Concentrated {
  /** Of the regressors; [width]. */
  readonly coefficients: Float64Array;
  readonly variance: number;
  readonly logLikelihood: number;
}

/** A variance of innovations this near to its limit 1 is taken for 1: from there on every row is filtered alike. */
const SETTLED = 1e-15;
/** Regressors at most: sums are kept in so many variables. */
export const MOST_REGRESSORS = 2;

/**
 * The likelihood of y = x b + n at given phi and theta of n, b and the variance at their best: the innovations algorithm
 * (see `fitArmaRegression`) filters y and each regressor alike, and b is a least-squares fit of the one on the others.
 *
 * @param columns y and the regressors, MOST_REGRESSORS of them at most; [1 + width], shape [rows].
 * @returns Null where regressors are collinear.
 */
export function concentratedLikelihood(
  columns: readonly Float64Array[],
  phi: number,
  theta: number,
): Concentrated | null {
  const [y, u = y, v = u] = columns as readonly [Float64Array, Float64Array?, Float64Array?], n = y.length;
  const width = columns.length - 1;
  let f = (1 + 2 * phi * theta + theta * theta) / (1 - phi * phi), scale = 1, carry = theta, logs = 0;
  let nextY = 0, nextU = 0, nextV = 0, yy = 0, uy = 0, vy = 0, uu = 0, vu = 0, vv = 0;
  for (let t = 0; t < n; t++) {
    if (f !== 1) {
      logs += Math.log(f);
      scale = 1 / Math.sqrt(f);
      carry = theta / f;
      f = 1 + theta * theta - theta * theta / f;
      if (Math.abs(f - 1) < SETTLED) f = 1;
    } else {
      scale = 1;
      carry = theta;
    }
    const yt = y[t]!, ut = u[t]!, vt = v[t]!, newY = yt - nextY, newU = ut - nextU, newV = vt - nextV;
    nextY = phi * yt + carry * newY;
    nextU = phi * ut + carry * newU;
    nextV = phi * vt + carry * newV;
    const a = scale * newY, b = scale * newU, c = scale * newV;
    yy += a * a;
    uy += b * a;
    vy += c * a;
    uu += b * b;
    vu += c * b;
    vv += c * c;
  }
  const cross = [uy, vy].slice(0, width), coefficients = Float64Array.from(cross);
  const gram = width === 2 ? Float64Array.of(uu, 0, vu, vv) : Float64Array.of(uu).subarray(0, width);
  if (width > 0 && !solveCholesky(gram, coefficients)) return null;
  const squares = coefficients.reduce((left, b, i) => left - b * cross[i]!, yy);
  const variance = Math.max(1e-300, squares / n);
  return {
    coefficients,
    variance,
    logLikelihood: -.5 * (n * (Math.log(2 * Math.PI * variance) + 1) + logs),
  };
}
