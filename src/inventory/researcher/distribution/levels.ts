import { normalInverse } from "../../../stats/normal.ts";

/**
 * The levels at which every forecast is scored, whatever levels its researcher states: 1 %, every fifth per cent from
 * 5 to 95, 99 %. They hold the median, the 90 and the 98 % interval, and lie densely enough for `crpsOfQuantiles` to
 * come within .6 % of the score of a normal forecast; on one set the scores of all researchers can be compared.
 */
export const LEVELS: readonly number[] = [
  .01,
  .05,
  .1,
  .15,
  .2,
  .25,
  .3,
  .35,
  .4,
  .45,
  .5,
  .55,
  .6,
  .65,
  .7,
  .75,
  .8,
  .85,
  .9,
  .95,
  .99,
];

/** Places of the ends of the 90 % interval, by which widths are judged. */
export const INTERVAL: readonly [number, number] = [LEVELS.indexOf(.05), LEVELS.indexOf(.95)];

/** Coverages of the central intervals between the levels, ascending: .1, .2 ... .9, .98. */
export const COVERAGES: readonly number[] = [.1, .2, .3, .4, .5, .6, .7, .8, .9, .98];

/** Half-widths of these intervals for a standard normal. */
export const NORMAL_HALF_WIDTHS: Float64Array = Float64Array.from(
  COVERAGES,
  (coverage) => normalInverse((1 + coverage) / 2),
);
