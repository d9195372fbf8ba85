import { circularBootstrap } from "./bootstrap.ts";
import { twoSidedNormal } from "./normal.ts";
import { requireCount, requireInteger, requireSameLength } from "./require.ts";

/** The difference of two Sharpe ratios per bar, its standard error and the two-sided p-value of "equal". */
export interface SharpeDifference {
  readonly difference: number;
  readonly se: number;
  readonly p: number;
}

/**
 * Ledoit and Wolf's test of two Sharpe ratios measured on the same bars. The standard error allows for
 * correlation between the two and over time: delta method on means and second moments, Parzen kernel,
 * Andrews' automatic bandwidth from AR(1) fits, factor T / (T - 4), no prewhitening.
 *
 * @param x Net returns per bar of the first strategy, at least 20 bars; neither series is constant.
 * @see O. Ledoit, M. Wolf, Robust performance hypothesis testing with the Sharpe ratio, Journal of
 *   Empirical Finance 15 (2008) 850, section 3.1.
 */
export function sharpeDifferenceTest(x: ArrayLike<number>, y: ArrayLike<number>): SharpeDifference {
  requireSameLength(x, y, "a difference of Sharpe ratios");
  requireCount(x, 20, "a difference of Sharpe ratios");
  const n = x.length;
  const moments = rawMoments(x, y);
  const influence = influences(x, y, moments);
  const bandwidth = 2.6614 * (andrewsAlpha(x, y, moments) * n) ** 0.2;
  let variance = autoProduct(influence, 0);
  for (let lag = 1; lag < Math.min(bandwidth, n); lag++) {
    variance += 2 * parzen(lag / bandwidth) * autoProduct(influence, lag);
  }
  const difference = sharpeDifference(moments, n);
  const se = Math.sqrt(variance / (n - 4)); // (T / (T - 4)) variance / T
  return { difference, se, p: twoSidedNormal(difference / se) };
}

/**
 * The same hypothesis by the studentised circular block bootstrap, which holds its size where the normal
 * approximation does not: p = (1 + #{resamples at least as extreme}) / (1 + draws), two-sided.
 *
 * @param blockLength Bars in a block, an integer >= 1; at least two blocks must fit.
 * @param draws Resamples; the paper uses 4 999.
 * @param uniform Source of uniform numbers in (0, 1).
 * @see the same paper, section 3.2.2.
 */
export function sharpeDifferenceBootstrap(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  blockLength: number,
  draws: number,
  uniform: () => number,
): SharpeDifference {
  requireInteger(draws, 1, "the number of draws");
  const { difference, se } = sharpeDifferenceTest(x, y);
  const observed = Math.abs(difference) / se;
  const n = x.length;
  requireInteger(Math.floor(n / blockLength), 2, "the number of blocks");
  const stream = circularBootstrap(blockLength, uniform);
  const rows = new Int32Array(n), a = new Float64Array(n), b = new Float64Array(n);
  let atLeast = 0;
  for (let draw = 0; draw < draws; draw++) {
    stream(rows);
    for (let i = 0; i < n; i++) {
      a[i] = x[rows[i]!]!;
      b[i] = y[rows[i]!]!;
    }
    const moments = rawMoments(a, b);
    const spread = blockError(influences(a, b, moments), blockLength);
    if (Math.abs(sharpeDifference(moments, n) - difference) >= observed * spread) atLeast++;
  }
  return { difference, se, p: (1 + atLeast) / (1 + draws) };
}

/** E x, E y, E x^2 and E y^2 of a sample. */
interface RawMoments {
  readonly x: number;
  readonly y: number;
  readonly xx: number;
  readonly yy: number;
}

function rawMoments(a: ArrayLike<number>, b: ArrayLike<number>): RawMoments {
  const n = a.length;
  let x = 0, y = 0, xx = 0, yy = 0;
  for (let i = 0; i < n; i++) {
    x += a[i]!;
    y += b[i]!;
    xx += a[i]! * a[i]!;
    yy += b[i]! * b[i]!;
  }
  return { x: x / n, y: y / n, xx: xx / n, yy: yy / n };
}

function sharpeDifference({ x, y, xx, yy }: RawMoments, n: number): number {
  const unbiased = Math.sqrt((n - 1) / n);
  return (unbiased * x) / Math.sqrt(xx - x * x) - (unbiased * y) / Math.sqrt(yy - y * y);
}

/** What each bar adds to the difference: the gradient (p. 852) times the deviations of the moments. Shape [n]. */
function influences(a: ArrayLike<number>, b: ArrayLike<number>, { x, y, xx, yy }: RawMoments): Float64Array {
  const cubeX = (xx - x * x) ** 1.5, cubeY = (yy - y * y) ** 1.5;
  const gx = xx / cubeX, gy = -yy / cubeY, gxx = (-0.5 * x) / cubeX, gyy = (0.5 * y) / cubeY;
  const out = new Float64Array(a.length);
  for (let i = 0; i < out.length; i++) {
    out[i] = gx * (a[i]! - x) + gy * (b[i]! - y) + gxx * (a[i]! * a[i]! - xx) + gyy * (b[i]! * b[i]! - yy);
  }
  return out;
}

/** Standard error from the sums of whole blocks, natural for a sample made of independent blocks. */
function blockError(influence: Float64Array, blockLength: number): number {
  const blocks = Math.floor(influence.length / blockLength);
  let squares = 0;
  for (let block = 0; block < blocks; block++) {
    let sum = 0;
    for (let i = 0; i < blockLength; i++) sum += influence[block * blockLength + i]!;
    squares += sum * sum;
  }
  return Math.sqrt(squares / blockLength / blocks / influence.length);
}

/** sum of z_t z_{t - lag} over n. */
function autoProduct(z: Float64Array, lag: number): number {
  let sum = 0;
  for (let i = lag; i < z.length; i++) sum += z[i]! * z[i - lag]!;
  return sum / z.length;
}

/** Parzen's kernel at u >= 0. */
function parzen(u: number): number {
  if (u <= 0.5) return 1 - 6 * u * u + 6 * u ** 3;
  return u < 1 ? 2 * (1 - u) ** 3 : 0;
}

/** Andrews' alpha(2) from an AR(1) fit to each of the four moment series (Econometrica 59 (1991), eq. 6.4). */
function andrewsAlpha(a: ArrayLike<number>, b: ArrayLike<number>, { x, y, xx, yy }: RawMoments): number {
  const series = [
    Float64Array.from(a, (r) => r - x),
    Float64Array.from(b, (r) => r - y),
    Float64Array.from(a, (r) => r * r - xx),
    Float64Array.from(b, (r) => r * r - yy),
  ];
  let numerator = 0, denominator = 0;
  for (const z of series) {
    const { rho, variance } = firstOrderFit(z);
    numerator += (4 * rho * rho * variance * variance) / (1 - rho) ** 8;
    denominator += (variance * variance) / (1 - rho) ** 4;
  }
  return numerator / denominator;
}

/** Least squares of z_t on a constant and z_{t-1}. */
function firstOrderFit(z: Float64Array): { readonly rho: number; readonly variance: number } {
  const n = z.length - 1;
  let before = 0, after = 0;
  for (let i = 1; i <= n; i++) {
    before += z[i - 1]! / n;
    after += z[i]! / n;
  }
  let xx = 0, xy = 0, yy = 0;
  for (let i = 1; i <= n; i++) {
    const u = z[i - 1]! - before, v = z[i]! - after;
    xx += u * u;
    xy += u * v;
    yy += v * v;
  }
  const rho = xy / xx;
  return { rho, variance: (yy - rho * xy) / n };
}
