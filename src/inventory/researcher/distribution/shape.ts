import { REFIT_EVERY } from "../refits.ts";
import { normalInverse } from "../../../stats/normal.ts";
import { COVERAGES, NORMAL_HALF_WIDTHS } from "./levels.ts";
import { normalProbability } from "./normal_probability.ts";

/** Half-widths a shape holds for each stretch of rows. */
export const SHAPE_WIDTH = COVERAGES.length;

/**
 * A distribution of standardised moves around their centre, symmetric, that is renewed where methods refit: one value
 * for each stretch of 42 rows between two refits.
 */
export interface Shape {
  /** Root mean square of a move; [stretch]. */
  readonly sd: Float64Array;
  /** Half-widths of the central intervals of `COVERAGES`, ascending; row-major [stretch][coverage]. */
  readonly halfWidths: Float64Array;
}

/** Number of the stretch that a row lies in, counted from the stretch of row 0 of the same rows. */
export function stretchOf(firstRow: number, row: number): number {
  return Math.floor((firstRow + row) / REFIT_EVERY) - Math.floor(firstRow / REFIT_EVERY);
}

/** First row of a stretch: a refit row, or row 0. */
export function stretchStart(firstRow: number, stretch: number): number {
  return Math.max(0, (Math.floor(firstRow / REFIT_EVERY) + stretch) * REFIT_EVERY - firstRow);
}

/** Stretches that `rows` rows lie in, at least 1. */
export function stretchCount(firstRow: number, rows: number): number {
  return stretchOf(firstRow, Math.max(0, rows - 1)) + 1;
}

/** A standard normal in every stretch, to be changed. */
export function normalShape(stretches: number): Shape {
  const halfWidths = new Float64Array(stretches * SHAPE_WIDTH);
  for (let s = 0; s < stretches; s++) halfWidths.set(NORMAL_HALF_WIDTHS, s * SHAPE_WIDTH);
  return { sd: new Float64Array(stretches).fill(1), halfWidths };
}

/** A copy of a shape, to be changed. */
export function copyShape({ sd, halfWidths }: Shape): Shape {
  return { sd: sd.slice(), halfWidths: halfWidths.slice() };
}

/** Multiplies a stretch of a shape in width. */
export function widen({ sd, halfWidths }: Shape, stretch: number, factor: number): void {
  sd[stretch] = sd[stretch]! * factor;
  for (let k = stretch * SHAPE_WIDTH; k < (stretch + 1) * SHAPE_WIDTH; k++) halfWidths[k]! *= factor;
}

/**
 * Probability that a move is positive, centred at `centre` with the given stretch of a shape: the normal score of the
 * distance is interpolated between half-widths (a straight line where they are those of a normal) and runs on beyond
 * the widest. It is above one half exactly where the centre is above 0.
 */
export function probabilityAbove({ halfWidths }: Shape, stretch: number, centre: number): number {
  const from = stretch * SHAPE_WIDTH, distance = Math.abs(centre);
  let k = 0;
  while (k < SHAPE_WIDTH - 1 && halfWidths[from + k]! < distance) k++;
  const below = k === 0 ? 0 : halfWidths[from + k - 1]!, above = halfWidths[from + k]!;
  const low = k === 0 ? 0 : NORMAL_HALF_WIDTHS[k - 1]!, high = NORMAL_HALF_WIDTHS[k]!;
  const share = above > below ? (distance - below) / (above - below) : 1;
  const score = low + share * (high - low);
  return normalProbability(centre < 0 ? -score : score);
}

/** Where a level lies among the half-widths of a shape. */
interface Place {
  /** -1 below the median, 1 above, 0 at it. */
  readonly side: number;
  /** Index of the half-width at or beyond it, and the share of the way to it from the one before (0 before the first). */
  readonly index: number;
  readonly share: number;
}

/** Writes quantiles of centre + width times a stretch of a shape to `out` from `at` on. */
export type QuantileWriter = (
  shape: Shape,
  stretch: number,
  centre: number,
  width: number,
  out: Float64Array,
  at: number,
) => void;

/** The writer of quantiles at some levels; between and beyond half-widths they are linear in the normal score. */
export function quantileWriter(levels: readonly number[]): QuantileWriter {
  const places = levels.map(placeOf);
  return ({ halfWidths }, stretch, centre, width, out, at) => {
    const from = stretch * SHAPE_WIDTH;
    for (let i = 0; i < places.length; i++) {
      const { side, index, share } = places[i]!;
      const below = index === 0 ? 0 : halfWidths[from + index - 1]!, above = halfWidths[from + index]!;
      out[at + i] = centre + side * width * (below + share * (above - below));
    }
  };
}

function placeOf(level: number): Place {
  const score = Math.abs(normalInverse(level));
  const beyond = NORMAL_HALF_WIDTHS.findIndex((half) => score <= half + 1e-12);
  const index = beyond < 0 ? SHAPE_WIDTH - 1 : beyond, low = index === 0 ? 0 : NORMAL_HALF_WIDTHS[index - 1]!;
  return { side: Math.sign(level - .5), index, share: (score - low) / (NORMAL_HALF_WIDTHS[index]! - low) };
}
