import { solveCholesky } from "../../core/linear.ts";
import { nelderMead } from "./nelder_mead.ts";

/** A regression with ARMA(1,1) errors of highest exact likelihood. */
export interface ArmaRegression {
  readonly phi: number;
  readonly theta: number;
  /** Coefficients of the regressors; [width]. */
  readonly coefficients: Float64Array;
  /** Variance of the innovations. */
  readonly variance: number;
  readonly logLikelihood: number;
  /** Corrected information criterion, the variance counted as a parameter. */
  readonly aicc: number;
  /** The last row's error n and the last innovation, from which forecasts go on. */
  readonly lastError: number;
  readonly lastInnovation: number;
}

/** Which of the two ARMA coefficients are free. */
export interface ArmaOrder {
  readonly ar: 0 | 1;
  readonly ma: 0 | 1;
}

/** Orders that are tried where the sample chooses. */
export const ARMA_ORDERS: readonly ArmaOrder[] = [{ ar: 0, ma: 0 }, { ar: 1, ma: 0 }, { ar: 0, ma: 1 }, {
  ar: 1,
  ma: 1,
}];

/** Coefficients beyond this are a unit root or not invertible. */
const MOST = .995;
const bounded = (x: number) => MOST * Math.tanh(x);

/** Sums of a regression of filtered y on filtered regressors. */
interface Sums {
  readonly gram: Float64Array;
  readonly cross: Float64Array;
  squares: number;
  logs: number;
}

/**
 * Exact maximum likelihood of y = x b + n, n an ARMA(1,1), by the innovations algorithm: for an ARMA(1,1) the one-row
 * expectation is phi n_t + (theta / F_t) (n_t - its expectation), F_{t+1} = 1 + theta^2 - theta^2 / F_t,
 * F_0 = (1 + 2 phi theta + theta^2) / (1 - phi^2). It is linear in n, so that y and each regressor are filtered alike and
 * b is a least-squares fit of the one on the others: the search is over phi and theta alone.
 *
 * @param x Row-major [rows][width]; a column of ones is an intercept.
 * @returns Null if a regressor is empty or another's multiple.
 * @see P. Brockwell, R. Davis, Time Series: Theory and Methods (1991), 5.3 and 8.7.
 */
export function fitArmaRegression(
  y: Float64Array,
  x: Float64Array,
  order: ArmaOrder,
  start: { readonly phi: number; readonly theta: number } = { phi: 0, theta: 0 },
  evaluations = 200,
): ArmaRegression | null {
  const width = x.length / y.length, free = order.ar + order.ma;
  const columns = new Float64Array(y.length * (width + 1)), filtered = new Float64Array(columns.length);
  for (let t = 0; t < y.length; t++) {
    columns[t * (width + 1)] = y[t]!;
    for (let i = 0; i < width; i++) columns[t * (width + 1) + 1 + i] = x[t * width + i]!;
  }
  const at = (point: ArrayLike<number>) => ({
    phi: order.ar ? bounded(point[0]!) : 0,
    theta: order.ma ? bounded(point[order.ar]!) : 0,
  });
  const value = (point: ArrayLike<number>) => {
    const { phi, theta } = at(point), found = concentrated(columns, filtered, width, y.length, phi, theta);
    return found === null ? Infinity : -found.logLikelihood;
  };
  const first = [
    ...(order.ar ? [Math.atanh(start.phi)] : []),
    ...(order.ma ? [Math.atanh(start.theta)] : []),
  ];
  const point = free === 0
    ? []
    : nelderMead(value, first, first.map(() => .2), { evaluations, tolerance: 1e-12 }).at;
  const { phi, theta } = at(point);
  const best = concentrated(columns, filtered, width, y.length, phi, theta);
  if (best === null) return null;
  const parameters = free + width + 1, n = y.length;
  const aicc = -2 * best.logLikelihood + 2 * parameters +
    2 * parameters * (parameters + 1) / (n - parameters - 1);
  return { phi, theta, ...best, aicc, ...lastOf(y, x, best.coefficients, phi, theta) };
}

/** Coefficients, variance and likelihood at given phi and theta; null where regressors are collinear. */
function concentrated(
  columns: Float64Array,
  filtered: Float64Array,
  width: number,
  n: number,
  phi: number,
  theta: number,
): Pick<ArmaRegression, "coefficients" | "variance" | "logLikelihood"> | null {
  const step = width + 1;
  const sums: Sums = {
    gram: new Float64Array(width * width),
    cross: new Float64Array(width),
    squares: 0,
    logs: 0,
  };
  let f = (1 + 2 * phi * theta + theta * theta) / (1 - phi * phi);
  const expected = new Float64Array(step);
  for (let t = 0; t < n; t++) {
    const root = Math.sqrt(f), from = t * step;
    sums.logs += Math.log(f);
    for (let i = 0; i < step; i++) {
      const value = columns[from + i]!, innovation = value - expected[i]!;
      filtered[from + i] = innovation / root;
      expected[i] = phi * value + theta / f * innovation;
    }
    f = 1 + theta * theta - theta * theta / f;
    const own = filtered[from]!;
    sums.squares += own * own;
    for (let i = 0; i < width; i++) {
      const z = filtered[from + 1 + i]!;
      sums.cross[i] = sums.cross[i]! + z * own;
      for (let k = 0; k <= i; k++) {
        sums.gram[i * width + k] = sums.gram[i * width + k]! + z * filtered[from + 1 + k]!;
      }
    }
  }
  const coefficients = sums.cross.slice();
  if (width > 0 && !solveCholesky(sums.gram, coefficients)) return null;
  let squares = sums.squares;
  for (let i = 0; i < width; i++) squares -= coefficients[i]! * sums.cross[i]!;
  const variance = Math.max(1e-300, squares / n);
  return {
    coefficients,
    variance,
    logLikelihood: -.5 * (n * (Math.log(2 * Math.PI * variance) + 1) + sums.logs),
  };
}

function lastOf(y: Float64Array, x: Float64Array, b: Float64Array, phi: number, theta: number) {
  const width = b.length;
  let f = (1 + 2 * phi * theta + theta * theta) / (1 - phi * phi), expected = 0, error = 0, innovation = 0;
  for (let t = 0; t < y.length; t++) {
    error = y[t]!;
    for (let i = 0; i < width; i++) error -= b[i]! * x[t * width + i]!;
    innovation = error - expected;
    expected = phi * error + theta / f * innovation;
    f = 1 + theta * theta - theta * theta / f;
  }
  return { lastError: error, lastInnovation: innovation };
}

/** Expected errors n of the next `rows` rows, and the standard deviations of what will be unlike them. */
export function forecastErrors(
  { phi, theta, variance, lastError, lastInnovation }: ArmaRegression,
  rows: number,
): { readonly mean: Float64Array; readonly sd: Float64Array } {
  const mean = new Float64Array(rows), sd = new Float64Array(rows);
  let next = phi * lastError + theta * lastInnovation, psi = 1, squares = 0;
  for (let k = 0; k < rows; k++) {
    mean[k] = next;
    squares += psi * psi;
    sd[k] = Math.sqrt(variance * squares);
    next *= phi;
    psi = k === 0 ? phi + theta : phi * psi;
  }
  return { mean, sd };
}

/** The order of least corrected information criterion on a sample, and its fit; null if regressors are collinear. */
export function chooseArmaRegression(
  y: Float64Array,
  x: Float64Array,
  evaluations: number,
): ArmaRegression | null {
  let best: ArmaRegression | null = null;
  for (const order of ARMA_ORDERS) {
    const fit = fitArmaRegression(y, x, order, best ?? { phi: 0, theta: 0 }, evaluations);
    if (fit && (best === null || fit.aicc < best.aicc)) best = fit;
  }
  return best;
}
