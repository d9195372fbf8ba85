/** Who can learn from whom: agents of a role that have the same common genes. */
import { agentOf } from "./agent.ts";
import type { Genome } from "../genome/genome.ts";
import type { Role } from "../genome/role.ts";
import { geneSet, type Variant } from "./variant.ts";

const known = new WeakMap<Variant, string>();

/** The kind of a variant within its role: the names of its common genes. */
export function kindOf(variant: Variant): string {
  const before = known.get(variant);
  if (before !== undefined) return before;
  const kind = geneSet(variant).common.map(({ name }) => name).join();
  known.set(variant, kind);
  return kind;
}

/** The agents of a role by kind: indices, ascending; kinds in the order of their first agent. */
export function kinOf(role: Role, genomes: readonly Genome[]): readonly (readonly number[])[] {
  const kinds = genomes.map((genome) => kindOf(agentOf(role, genome).variant));
  return [...new Set(kinds)].map((kind) => kinds.flatMap((one, i) => one === kind ? [i] : []));
}
