import { type ArmaSample, armaSample, type Concentrated, concentratedLikelihood } from "./arma_likelihood.ts";
import { lineMinimum } from "./line_search.ts";
import { nelderMead } from "./nelder_mead.ts";

/** A regression with ARMA(1,1) errors of highest exact likelihood. */
export interface ArmaRegression extends Concentrated {
  readonly phi: number;
  readonly theta: number;
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

/** First step of a search, in what `bounded` takes; how near a search over one coefficient comes. */
const STEP = .2, ACCURACY = 1e-6;

/** Coefficients beyond this are a unit root or not invertible. */
const MOST = .995;
const bounded = (x: number) => MOST * Math.tanh(x);

/**
 * Exact maximum likelihood of y = x b + n, n an ARMA(1,1), by the innovations algorithm: for an ARMA(1,1) the one-row
 * expectation is phi n_t + (theta / F_t) (n_t - its expectation), F_{t+1} = 1 + theta^2 - theta^2 / F_t,
 * F_0 = (1 + 2 phi theta + theta^2) / (1 - phi^2). It is linear in n, so that y and each regressor are filtered alike and
 * b is a least-squares fit of the one on the others: the search is over phi and theta alone.
 *
 * @param regressors Two at most; [width], shape [rows]. A column of ones is an intercept.
 * @returns Null if a regressor is empty or another's multiple.
 * @throws {RangeError} If there are more regressors.
 * @see P. Brockwell, R. Davis, Time Series: Theory and Methods (1991), 5.3 and 8.7.
 */
export function fitArmaRegression(
  y: Float64Array,
  regressors: readonly Float64Array[],
  order: ArmaOrder,
  start: ArmaStart = WHITE,
  evaluations = 200,
): ArmaRegression | null {
  return fitOrder(armaSample([y, ...regressors]), order, start, evaluations);
}

/** Where a search begins. */
type ArmaStart = Pick<ArmaRegression, "phi" | "theta">;
const WHITE: ArmaStart = { phi: 0, theta: 0 };

function fitOrder(
  sample: ArmaSample,
  order: ArmaOrder,
  start: ArmaStart,
  evaluations: number,
): ArmaRegression | null {
  const free = order.ar + order.ma, n = sample.columns[0]!.length;
  const at = (point: ArrayLike<number>) => ({
    phi: order.ar ? bounded(point[0]!) : 0,
    theta: order.ma ? bounded(point[order.ar]!) : 0,
  });
  const value = (point: ArrayLike<number>) => {
    const { phi, theta } = at(point), found = concentratedLikelihood(sample, phi, theta);
    return found === null ? Infinity : -found.logLikelihood;
  };
  const first = [
    ...(order.ar ? [Math.atanh(start.phi)] : []),
    ...(order.ma ? [Math.atanh(start.theta)] : []),
  ];
  const point = free === 0
    ? []
    : free === 1
    ? [lineMinimum((x) => value([x]), first[0]!, STEP, ACCURACY, evaluations)]
    : nelderMead(value, first, [STEP, STEP], { evaluations, tolerance: 1e-12 }).at;
  const { phi, theta } = at(point);
  const best = concentratedLikelihood(sample, phi, theta);
  if (best === null) return null;
  const parameters = free + best.coefficients.length + 1;
  const aicc = -2 * best.logLikelihood + 2 * parameters +
    2 * parameters * (parameters + 1) / (n - parameters - 1);
  return { phi, theta, ...best, aicc, ...lastOf(sample, best.coefficients, phi, theta) };
}

function lastOf({ columns: [y, ...regressors] }: ArmaSample, b: Float64Array, phi: number, theta: number) {
  let f = (1 + 2 * phi * theta + theta * theta) / (1 - phi * phi), expected = 0, error = 0, innovation = 0;
  for (let t = 0; t < y!.length; t++) {
    error = y![t]!;
    for (let i = 0; i < b.length; i++) error -= b[i]! * regressors[i]![t]!;
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
  regressors: readonly Float64Array[],
  evaluations: number,
): ArmaRegression | null {
  const sample = armaSample([y, ...regressors]);
  let best: ArmaRegression | null = null;
  for (const order of ARMA_ORDERS) {
    const fit = fitOrder(sample, order, best ?? WHITE, evaluations);
    if (fit && (best === null || fit.aicc < best.aicc)) best = fit;
  }
  return best;
}
