import type { GeneSet } from "../genome/gene.ts";
import { type Genome, settle } from "../genome/genome.ts";
import type { Rng } from "../core/rng.ts";

/**
 * Moves each gene with probability `rate` by N(0, sd^2) in normalised coordinates, reflected at the bounds;
 * weights are brought back to a sum of 1. A genome of which no gene moves keeps its bits.
 */
export function mutate(genome: Genome, set: GeneSet, rate: number, sd: number, random: Rng): Genome {
  const moved = genome.coordinates.map((x) => {
    // Both draws are taken whatever the outcome, so that a gene's draw does not depend on the rate.
    const chosen = random.uniform() < rate;
    const step = sd * random.normal();
    return chosen ? x + step : x;
  });
  if (moved.every((x, i) => x === genome.coordinates[i])) return genome;
  return { variant: genome.variant, coordinates: settle(set, moved) };
}

/** A start genome: the declared one with N(0, sd^2) on every gene. */
export function jitter(genome: Genome, set: GeneSet, sd: number, random: Rng): Genome {
  return mutate(genome, set, 1, sd, random);
}
