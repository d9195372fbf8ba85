/** Mutants that a language model proposed: tried like any mutant, and kept only if the test says so. */
import { agentOf } from "../agents/agent.ts";
import { kinOf } from "../agents/kin.ts";
import { geneSet } from "../agents/variant.ts";
import type { Suggested, SuggestionEvent } from "../events/suggestion.ts";
import { type GeneSet, genesOf } from "../genome/gene.ts";
import { coordinateOf, type Genome, settle } from "../genome/genome.ts";
import type { Role } from "../genome/role.ts";
import type { ChangeRecord } from "./changes.ts";
import { type Judge, rises, withGenome } from "./judge.ts";
import type { Genomes } from "./members.ts";
import { bestOf, type Ranking } from "./ranking.ts";

/** What trying suggestions needs to know. */
export interface SuggestionInput {
  readonly ranking: Ranking;
  /** What was proposed for this transfer step; none unless a model was asked. */
  readonly suggestions: readonly SuggestionEvent[];
}

/**
 * The genomes after a role's suggestions were tried, in the order of its agents. The best of each kind stays as it is, as
 * under any mutation: what is proposed for it is refused untested.
 *
 * @param judge Asked for where there is something to try.
 */
export function trySuggested(
  { ranking, suggestions }: SuggestionInput,
  role: Role,
  genomes: Genomes,
  judge: () => Judge,
  changes: ChangeRecord,
): Genomes {
  const own = suggestions.filter((one) => one.role === role).flatMap(({ mutants }) => mutants);
  if (own.length === 0) return genomes;
  const elite = new Set(kinOf(role, genomes[role]).map((kin) => bestOf(kin, ranking[role])));
  return own.toSorted((a, b) => a.agent - b.agent).reduce((standing, { agent, changes: wanted }) => {
    const genome = standing[role][agent]!;
    const mutant = withGenes(geneSet(agentOf(role, genome).variant), genome, wanted);
    if (mutant === genome) return standing;
    if (elite.has(agent)) {
      changes.refused("mutation", role, agent, genome, mutant, 0, null);
      return standing;
    }
    const scores = judge()(standing, role, agent, mutant);
    if (!rises(scores)) {
      changes.refused("mutation", role, agent, genome, mutant, 1, scores);
      return standing;
    }
    changes.mutated(role, agent, genome, mutant, { cause: "suggested", tries: 1, scores });
    return withGenome(standing, role, agent, mutant);
  }, genomes);
}

/** A genome with other values of some genes; weights are brought back to a sum of 1. The same one if none moves. */
export function withGenes(set: GeneSet, genome: Genome, wanted: Suggested["changes"]): Genome {
  const genes = genesOf(set);
  const coordinates = [...genome.coordinates];
  for (const { gene, value } of wanted) {
    const at = genes.findIndex(({ name }) => name === gene);
    coordinates[at] = coordinateOf(genes[at]!, value);
  }
  const moved = settle(set, coordinates);
  return moved.every((x, i) => x === genome.coordinates[i])
    ? genome
    : { variant: genome.variant, coordinates: moved };
}
