import { rng } from "../../../core/rng.ts";
import type { Moments } from "./moments.ts";

/** Sums of one resample. */
export type ResampledMoments = Moments;

/** P(weight <= k) of a Poisson variable of mean 1: what a row counts in a resample of many rows. */
const POISSON = [
  .36787944117144233,
  .7357588823428847,
  .9196986029286058,
  .9810118431238462,
  .9963401531726563,
];

/** The number of times that a block is drawn, from a uniform number. */
export function poissonWeight(u: number): number {
  let k = 0;
  while (k < POISSON.length && u > POISSON[k]!) k++;
  return k;
}

/** Resamples that are grown block by block. */
export interface BlockEnsemble {
  readonly members: readonly ResampledMoments[];
  /**
   * Adds the newest block to every member as often as it is drawn there.
   *
   * @param all Moments over all rows so far under the ensemble's forgetting, from which the block is told.
   * @param block Number of the block, counted from row 0 of all rows, by which its draws are seeded.
   */
  readonly grow: (all: Moments, block: number) => void;
}

/**
 * A block bootstrap that never starts anew: each block of rows (as many as lie between two fits) enters each resample a Poisson(1)
 * number of times, which is what drawing n blocks out of n comes to, and what is old is forgotten in all alike.
 *
 * @param keep Factor on earlier sums from block to block.
 * @see N. Oza, S. Russell, Online bagging and boosting, AISTATS (2001); H. Kunsch, Annals of Statistics 17 (1989) 1217.
 */
export function createBlockEnsemble(
  size: number,
  horizons: number,
  count: number,
  keep: number,
  label: string,
): BlockEnsemble {
  const create = (): Moments => ({
    size,
    gram: new Float64Array(size * size),
    cross: Array.from({ length: horizons }, () => new Float64Array(size)),
    squares: new Float64Array(horizons),
    weight: 0,
    matured: new Float64Array(horizons),
  });
  const members = Array.from({ length: count }, create), before = create();
  const grow = (all: Moments, block: number) => {
    const random = rng("block ensemble", label, block);
    for (const member of members) {
      const drawn = poissonWeight(random.uniform());
      addBlock(member.gram, all.gram, before.gram, keep, drawn);
      member.cross.forEach((sums, j) => addBlock(sums, all.cross[j]!, before.cross[j]!, keep, drawn));
      addBlock(member.matured, all.matured, before.matured, keep, drawn);
      member.weight = keep * member.weight + drawn * (all.weight - keep * before.weight);
    }
    before.gram.set(all.gram);
    before.cross.forEach((sums, j) => sums.set(all.cross[j]!));
    before.matured.set(all.matured);
    before.weight = all.weight;
  };
  return { members, grow };
}

/** sum = keep sum + drawn (all - keep before): what `all` gained since it was `before`. */
function addBlock(
  sum: Float64Array,
  all: Float64Array,
  before: Float64Array,
  keep: number,
  drawn: number,
): void {
  for (let i = 0; i < sum.length; i++) sum[i] = keep * sum[i]! + drawn * (all[i]! - keep * before[i]!);
}
