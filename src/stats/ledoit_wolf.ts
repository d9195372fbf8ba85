import { andrewsBandwidth } from "./andrews_bandwidth.ts";
import { blockError } from "./block_error.ts";
import { circularBootstrap } from "./bootstrap.ts";
import { requireMovement, ROUNDING } from "./constant.ts";
import { exceedanceCount } from "./exceedance.ts";
import { twoSidedNormal } from "./normal.ts";
import { parzenVariance } from "./parzen_variance.ts";
import { requireCount, requireFinite, requireInteger, requireSameLength } from "./require.ts";
import { type SharpeInfluence, sharpeInfluence } from "./sharpe_influence.ts";
import { studentised } from "./studentised.ts";

/** The difference of two Sharpe ratios per bar, its standard error and the two-sided p-value of "equal". */
export interface SharpeDifference {
  /** Of the Sharpe ratios. */
  readonly difference: number;
  /** Its standard error. */
  readonly se: number;
  /** Two-sided. */
  readonly p: number;
}

const WHAT = "a difference of Sharpe ratios";

/**
 * Ledoit and Wolf's test of two Sharpe ratios measured on the same bars. The standard error allows for
 * correlation between the two and over time: delta method on means and second moments, Parzen kernel,
 * Andrews' automatic bandwidth from AR(1) fits, factor T / (T - 4), no prewhitening. A strategy against itself, at
 * any stake, has difference 0, error 0 and p 1.
 *
 * @param x Net returns per bar of the first strategy, at least 20 bars.
 * @throws {RangeError} If a return is not finite, or one of the two never moves: a flat account has no Sharpe ratio
 *   to compare.
 * @see O. Ledoit, M. Wolf, Robust performance hypothesis testing with the Sharpe ratio, Journal of
 *   Empirical Finance 15 (2008) 850, section 3.1.
 */
export function sharpeDifferenceTest(x: ArrayLike<number>, y: ArrayLike<number>): SharpeDifference {
  requireSameLength(x, y, WHAT);
  requireCount(x, 20, WHAT);
  [x, y].forEach((returns, i) => {
    const series = `the ${["first", "second"][i]} series of returns`;
    requireFinite(returns, `${WHAT} (${series})`);
    requireMovement(returns, series, WHAT);
  });
  const n = x.length;
  const { difference, influence } = compared(sharpeInfluence(x)!, sharpeInfluence(y)!);
  const bandwidth = andrewsBandwidth([...powers(x), ...powers(y)]);
  const se = Math.sqrt(parzenVariance(influence, bandwidth) / (n - 4)); // (T / (T - 4)) variance / T
  return { difference, se, p: twoSidedNormal(studentised(difference, se)) };
}

/**
 * The same hypothesis by the studentised circular block bootstrap, which holds its size where the normal
 * approximation does not: p = (1 + #{resamples at least as extreme}) / (1 + draws), two-sided. Size at 5 % over 500
 * bars, clustered volatility or not: 3.4 to 4.6 % (docs/TEST_SIZES.md).
 * A resample in which one of the two never moves has no Sharpe ratio; it counts as extreme, which errs on the side
 * of "equal".
 *
 * @param blockLength Bars in a block, an integer >= 1; at least two blocks must fit.
 * @param draws Resamples; the paper uses 4 999.
 * @param uniform Source of uniform numbers in (0, 1).
 * @throws {RangeError} As `sharpeDifferenceTest`.
 * @see the same paper, section 3.2.2.
 */
export function sharpeDifferenceBootstrap(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  blockLength: number,
  draws: number,
  uniform: () => number,
): SharpeDifference {
  const { drawn, ...test } = studentisedDraws(x, y, blockLength, draws, uniform);
  const count = exceedanceCount(Math.abs(studentised(test.difference, test.se)), WHAT);
  for (const distance of drawn) count.add(distance);
  return { ...test, p: count.p() };
}

/**
 * The difference with the distance of every resample's from it, in the resample's own standard errors: what a test and
 * an interval are both read from.
 *
 * @returns `drawn` of shape [draws], each >= 0, Infinity for a resample in which one of the two never moves.
 * @throws {RangeError} As `sharpeDifferenceBootstrap`.
 */
export function studentisedDraws(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  blockLength: number,
  draws: number,
  uniform: () => number,
): Pick<SharpeDifference, "difference" | "se"> & { readonly drawn: Float64Array } {
  requireInteger(draws, 1, "the number of draws");
  const { difference, se } = sharpeDifferenceTest(x, y);
  const n = x.length;
  requireInteger(Math.floor(n / blockLength), 2, "the number of blocks");
  const stream = circularBootstrap(blockLength, uniform);
  const rows = new Int32Array(n), drawnX = new Float64Array(n), drawnY = new Float64Array(n);
  const drawn = new Float64Array(draws).fill(Infinity);
  for (let draw = 0; draw < draws; draw++) {
    stream(rows);
    for (let i = 0; i < n; i++) {
      drawnX[i] = x[rows[i]!]!;
      drawnY[i] = y[rows[i]!]!;
    }
    const a = sharpeInfluence(drawnX), b = sharpeInfluence(drawnY);
    if (a === null || b === null) continue;
    const again = compared(a, b);
    const error = blockError(again.influence, blockLength);
    drawn[draw] = Math.abs(studentised(again.difference - difference, error));
  }
  return { difference, se, drawn };
}

/**
 * Difference of two Sharpe ratios and what each bar adds to it. What is left of two equal ones is exactly 0: rounding
 * would leave 1e-17 of either, and a ratio of the two that means nothing.
 */
function compared(a: SharpeInfluence, b: SharpeInfluence) {
  const difference = a.sharpe - b.sharpe;
  const influence = new Float64Array(a.influence.length);
  let squares = 0, own = 0;
  for (let i = 0; i < influence.length; i++) {
    const u = a.influence[i]!, v = b.influence[i]!;
    influence[i] = u - v;
    squares += (u - v) * (u - v);
    own += u * u + v * v;
  }
  if (squares <= ROUNDING * ROUNDING * own) influence.fill(0);
  const most = ROUNDING * (Math.abs(a.sharpe) + Math.abs(b.sharpe));
  return { difference: Math.abs(difference) <= most ? 0 : difference, influence };
}

/** What the first two moments are means of; the memory of these sets the bandwidth. */
function powers(returns: ArrayLike<number>): Float64Array[] {
  return [Float64Array.from(returns), Float64Array.from(returns, (r) => r * r)];
}
