import type { GeneSet } from "./gene.ts";
import type { Genome } from "./genome.ts";

/** Root mean squared difference of two genomes of a role in their common genes, in [0, 1]. */
export function commonDistance(set: GeneSet, a: Genome, b: Genome): number {
  let sum = 0;
  for (let i = 0; i < set.common.length; i++) sum += (a.coordinates[i]! - b.coordinates[i]!) ** 2;
  return Math.sqrt(sum / set.common.length);
}
