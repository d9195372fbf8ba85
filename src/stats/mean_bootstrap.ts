import { blockError } from "./block_error.ts";
import { circularBootstrap, type Interval, sortedQuantile } from "./bootstrap.ts";
import { ROUNDING } from "./constant.ts";
import { exceedanceCount } from "./exceedance.ts";
import { mean } from "./moments.ts";
import { neweyWestError } from "./newey_west.ts";
import { requireCount, requireFinite, requireFraction, requireInteger } from "./require.ts";
import { studentised } from "./studentised.ts";

/** A mean, its standard error, and what the studentised bootstrap makes of both. */
export interface MeanBootstrap extends Interval {
  readonly mean: number;
  readonly se: number;
  readonly t: number;
  /** Two-sided p-value of "the mean is 0", in (0, 1]. */
  readonly p: number;
}

/** How a mean is resampled. */
export interface MeanBootstrapRule {
  /** Bars in a block, an integer >= 1; at least two blocks must fit. 1 takes values for independent. */
  readonly blockLength: number;
  /** Resamples; 4 999 leave a Monte Carlo error of .003 at p = .05. */
  readonly draws: number;
  /** Share of the interval, in (0, 1), such as 0.95. */
  readonly confidence: number;
}

/**
 * Test and interval of a mean by the studentised (bootstrap-t) circular block bootstrap, equal-tailed: it learns the
 * skewness of t from the sample, which the t and sign-flip tests take to be none. The standard error is Bartlett's over
 * the block (`neweyWest` with lag blockLength - 1), that of a resample comes from its blocks. Values that are all the
 * same are resampled exactly: p is 1 if they are 0, else the smallest there is.
 *
 * Size at 5 %: right for normal values, 9.5, 8 and 8 % for 10, 20 and 40 lognormal ones, where a t test rejects 17, 13
 * and 11 % (docs/TEST_SIZES.md). Blocks have to be several times as long as the memory of the values: over 1000 moving
 * averages of 12 bars blocks of 12 give 10 %, of 48 give 6 %.
 *
 * @param uniform Source of uniform numbers in (0, 1).
 * @throws {RangeError} If a value is not finite, or fewer than two blocks fit.
 * @see P. Hall, The Bootstrap and Edgeworth Expansion (1992), section 3.3; F. Goetze, H. R. Kuensch, Annals of
 *   Statistics 24 (1996) 1914, for blocks.
 */
export function meanBootstrap(
  values: ArrayLike<number>,
  { blockLength, draws, confidence }: MeanBootstrapRule,
  uniform: () => number,
): MeanBootstrap {
  requireCount(values, 2, "a bootstrap of a mean");
  requireFinite(values, "a bootstrap of a mean");
  requireInteger(draws, 1, "the number of draws");
  requireFraction(confidence, "the confidence");
  const n = values.length;
  requireInteger(Math.floor(n / blockLength), 2, "the number of blocks");
  const se = neweyWestError(values, blockLength - 1);
  const centre = se === 0 ? values[0]! : mean(values);
  const t = studentised(centre, se);
  const above = exceedanceCount(t, "a bootstrap of a mean"),
    below = exceedanceCount(-t, "a bootstrap of a mean");
  const rounding = ROUNDING *
    Float64Array.from(values).reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const stream = circularBootstrap(blockLength, uniform);
  const rows = new Int32Array(n), deviations = new Float64Array(n), ratios = new Float64Array(draws);
  for (let draw = 0; draw < draws; draw++) {
    let shift = 0; // of the resampled mean
    if (se > 0) {
      stream(rows);
      for (let i = 0; i < n; i++) shift += (values[rows[i]!]! - centre) / n;
      for (let i = 0; i < n; i++) deviations[i] = values[rows[i]!]! - centre - shift;
    }
    const ratio = studentised(
      snapped(shift, rounding),
      snapped(blockError(deviations, blockLength), rounding),
    );
    ratios[draw] = ratio;
    above.add(ratio);
    below.add(-ratio);
  }
  ratios.sort();
  const tail = (1 - confidence) / 2;
  return {
    mean: centre,
    se,
    t,
    p: Math.min(1, 2 * Math.min(above.p(), below.p())),
    lower: centre - se * sortedQuantile(ratios, 1 - tail),
    upper: centre - se * sortedQuantile(ratios, tail),
  };
}

/** A number that is 0 but for rounding as 0: a resample of one value drawn again and again has no error. */
function snapped(value: number, rounding: number): number {
  return Math.abs(value) <= rounding ? 0 : value;
}
