import { solveCholesky } from "../../core/linear.ts";

/** What is best at given phi and theta: coefficients, variance of the innovations and likelihood. */
export interface Concentrated {
  /** Of the regressors; [width]. */
  readonly coefficients: Float64Array;
  readonly variance: number;
  readonly logLikelihood: number;
}

/** Regressors at most: sums are kept in so many variables. */
export const MOST_REGRESSORS = 2;

/** A variance of innovations this near to its limit 1 is taken for 1: from there on every row is filtered alike. */
const SETTLED = 1e-15;

/** Products of y, u and v with one another, summed: yy, uy, uu, vy, vu, vv. */
type Sums = Float64Array;

/** A sample, and the sums of which those of any AR(1) are made. */
export interface ArmaSample {
  /** y and its regressors; [1 + width], shape [rows]. */
  readonly columns: readonly Float64Array[];
  /** Products of the first row. */
  readonly first: Sums;
  /** Of each later row with itself, of the row before it with itself, and across both ways. */
  readonly now: Sums;
  readonly before: Sums;
  readonly across: Sums;
}

/** y, u and v; where there are fewer regressors y stands in for them, and what comes of it is not read. */
function three(columns: readonly Float64Array[]): readonly [Float64Array, Float64Array, Float64Array] {
  const [y, u = y, v = u] = columns as readonly [Float64Array, Float64Array?, Float64Array?];
  return [y, u, v];
}

/**
 * @param columns y and its regressors, MOST_REGRESSORS at most; [1 + width], shape [rows].
 * @throws {RangeError} If there are more regressors.
 */
export function armaSample(columns: readonly Float64Array[]): ArmaSample {
  if (columns.length > MOST_REGRESSORS + 1) {
    throw new RangeError(
      `Cannot fit an ARMA regression as it takes ${MOST_REGRESSORS} regressors at most: current value is ${
        columns.length - 1
      }`,
    );
  }
  const all = three(columns),
    n = all[0].length,
    pairs = [[0, 0], [1, 0], [1, 1], [2, 0], [2, 1], [2, 2]] as const;
  const [first, now, before, across] = [0, 1, 2, 3].map(() => new Float64Array(6)) as [
    Sums,
    Sums,
    Sums,
    Sums,
  ];
  pairs.forEach(([i, k], at) => {
    const a = all[i]!, b = all[k]!;
    let same = 0, crossed = 0;
    for (let t = 1; t < n; t++) {
      same += a[t]! * b[t]!;
      crossed += a[t]! * b[t - 1]! + a[t - 1]! * b[t]!;
    }
    first[at] = a[0]! * b[0]!;
    now[at] = same;
    before[at] = same + a[0]! * b[0]! - a[n - 1]! * b[n - 1]!;
    across[at] = crossed;
  });
  return { columns, first, now, before, across };
}

/**
 * The likelihood of y = x b + n at given phi and theta of n, b and the variance at their best: the innovations algorithm
 * (see `fitArmaRegression`) filters y and each regressor alike, and b is a least-squares fit of the one on the others.
 *
 * @returns Null where regressors are collinear.
 */
export function concentratedLikelihood(sample: ArmaSample, phi: number, theta: number): Concentrated | null {
  const width = sample.columns.length - 1, n = sample.columns[0]!.length, sums = new Float64Array(6);
  const logs = theta === 0 ? autoregressiveSums(sample, phi, sums) : filteredSums(sample, phi, theta, sums);
  const yy = sums[0]!, uy = sums[1]!, uu = sums[2]!, vy = sums[3]!, vu = sums[4]!, vv = sums[5]!;
  const coefficients = new Float64Array(width), gram = new Float64Array(width * width);
  if (width > 0) coefficients[0] = uy, gram[0] = uu;
  if (width > 1) coefficients[1] = vy, gram[2] = vu, gram[3] = vv;
  if (width > 0 && !solveCholesky(gram, coefficients)) return null;
  let squares = yy;
  if (width > 0) squares -= coefficients[0]! * uy;
  if (width > 1) squares -= coefficients[1]! * vy;
  const variance = Math.max(1e-300, squares / n);
  return {
    coefficients,
    variance,
    logLikelihood: -.5 * (n * (Math.log(2 * Math.PI * variance) + 1) + logs),
  };
}

/** Writes the sums of z_t - phi z_{t-1}, the first row times sqrt(1 - phi^2); returns the sum of ln of variances. */
function autoregressiveSums({ first, now, before, across }: ArmaSample, phi: number, out: Sums): number {
  const kept = 1 - phi * phi;
  for (let at = 0; at < out.length; at++) {
    out[at] = now[at]! - phi * across[at]! + phi * phi * before[at]! + kept * first[at]!;
  }
  return -Math.log(kept);
}

/** Writes the sums of innovations over the root of their variance; returns the sum of ln of variances. */
function filteredSums({ columns }: ArmaSample, phi: number, theta: number, out: Sums): number {
  const [y, u, v] = three(columns), n = y.length;
  let f = (1 + 2 * phi * theta + theta * theta) / (1 - phi * phi), logs = 0, t = 0;
  let nextY = 0, nextU = 0, nextV = 0, yy = 0, uy = 0, vy = 0, uu = 0, vu = 0, vv = 0;
  for (; t < n && Math.abs(f - 1) >= SETTLED; t++) {
    const yt = y[t]!, ut = u[t]!, vt = v[t]!, newY = yt - nextY, newU = ut - nextU, newV = vt - nextV;
    const scale = 1 / f, carry = theta * scale;
    logs += Math.log(f);
    yy += scale * newY * newY;
    uy += scale * newU * newY;
    uu += scale * newU * newU;
    vy += scale * newV * newY;
    vu += scale * newV * newU;
    vv += scale * newV * newV;
    nextY = phi * yt + carry * newY;
    nextU = phi * ut + carry * newU;
    nextV = phi * vt + carry * newV;
    f = 1 + theta * theta - theta * theta * scale;
  }
  for (; t < n; t++) { // the same where variances are 1
    const yt = y[t]!, ut = u[t]!, vt = v[t]!, newY = yt - nextY, newU = ut - nextU, newV = vt - nextV;
    yy += newY * newY;
    uy += newU * newY;
    uu += newU * newU;
    vy += newV * newY;
    vu += newV * newU;
    vv += newV * newV;
    nextY = phi * yt + theta * newY;
    nextU = phi * ut + theta * newU;
    nextV = phi * vt + theta * newV;
  }
  out.set([yy, uy, uu, vy, vu, vv]);
  return logs;
}
