import type { Role } from "./contracts.ts";
import { COMMON_GENES } from "./genes.ts";
import { encodeGenome, type Gene, type GeneSet, type GeneValues, type Genome } from "./genome.ts";

/**
 * A variant: data that a role's function reads. `start` holds the declared natural value of every gene,
 * common and own; `own` lists the genes that stay home; `identity` is what never moves.
 */
export interface Variant<Identity = unknown> {
  readonly name: string;
  readonly role: Role;
  readonly summary: string;
  readonly start: GeneValues;
  readonly own: readonly Gene[];
  readonly identity: Identity;
  /** Rows before the variant's output means anything; at most the run's warm-up. */
  readonly warmUp: number;
}

/** The genes of a variant: those of its role and its own. */
export function geneSet(variant: Variant): GeneSet {
  return { common: COMMON_GENES[variant.role], own: variant.own };
}

/** The declared genome of a variant. */
export function startGenome(variant: Variant): Genome {
  return encodeGenome(variant.name, geneSet(variant), variant.start);
}
