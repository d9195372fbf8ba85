/** Who of a role mutates at a transfer step: nobody, all but the best where diversity is low, or who gains by it. */
import { agentOf } from "../agents/agent.ts";
import { kinOf } from "../agents/kin.ts";
import { geneSet } from "../agents/variant.ts";
import { rng } from "../core/rng.ts";
import { commonDistance } from "../genome/distance.ts";
import type { Genome } from "../genome/genome.ts";
import type { Role } from "../genome/role.ts";
import type { ChangeRecord } from "./changes.ts";
import type { PopulationConfig } from "./config.ts";
import { parameterDiversity } from "./diversity.ts";
import { type Judge, rises, type TrialScores } from "./judge.ts";
import type { Genomes } from "./members.ts";
import { mutate } from "./mutation.ts";
import { bestOf, type Ranking } from "./ranking.ts";
import { argminLast } from "./ranking_ends.ts";

/** Mutants that an agent tries where its role has become too alike. */
const TRIES = 3;

/** What mutation needs to know. */
export interface MutationInput {
  readonly config: PopulationConfig;
  readonly seed: number;
  readonly k: number;
  readonly ranking: Ranking;
  readonly startDiversity: Readonly<Record<Role, number>>;
}

/**
 * The genomes of a role after mutation.
 *
 * @param genomes All genomes as they stand; mutants of the role are judged beside those of the others.
 * @param judge Asked for by tested mutation alone.
 */
export function mutateRole(
  input: MutationInput,
  role: Role,
  genomes: Genomes,
  judge: () => Judge,
  changes: ChangeRecord,
): readonly Genome[] {
  const { mutation, mutateWorst, frozen } = input.config;
  if (mutation === "off" || frozen.includes(role)) return genomes[role];
  const alike = isAlike(input, role, genomes[role]);
  const after = mutation === "trigger"
    ? (alike ? mutateAll(input, role, genomes[role], changes) : genomes[role])
    : testAll(input, role, genomes, alike, judge(), changes);
  const unmoved = after.every((genome, i) => genome === genomes[role][i]);
  return mutateWorst && unmoved ? mutateOne(input, role, after, changes) : after;
}

/** True where the diversity of a role has fallen below its trigger. */
function isAlike(
  { config, startDiversity }: MutationInput,
  role: Role,
  genomes: readonly Genome[],
): boolean {
  const agents = genomes.map((genome) => agentOf(role, genome));
  return parameterDiversity(agents, genomes) < config.diversityTrigger * startDiversity[role];
}

/** Who stays as it is: the best of each kind of the role; all of one kind, the best of the role. */
function elitesOf({ ranking }: MutationInput, role: Role, genomes: readonly Genome[]): ReadonlySet<number> {
  return new Set(kinOf(role, genomes).map((kin) => bestOf(kin, ranking[role])));
}

/** A mutant of an agent; equal names give equal draws, whatever the arm. */
function mutantOf(
  { config, seed, k }: MutationInput,
  role: Role,
  agent: number,
  genome: Genome,
  ...name: readonly (string | number)[]
): Genome {
  const set = geneSet(agentOf(role, genome).variant);
  const random = rng("mutation", seed, k, role, agent, ...name);
  return mutate(genome, set, config.mutationRate, config.mutationSd, random);
}

/** All but the best mutate, and nobody asks whether it is to the good. */
function mutateAll(
  input: MutationInput,
  role: Role,
  genomes: readonly Genome[],
  changes: ChangeRecord,
): readonly Genome[] {
  const elite = elitesOf(input, role, genomes);
  return genomes.map((genome, agent) => {
    if (elite.has(agent)) return genome;
    const moved = mutantOf(input, role, agent, genome);
    changes.mutated(role, agent, genome, moved, { cause: "lowDiversity", tries: 0, scores: null });
    return moved;
  });
}

/**
 * All but the best try one mutant each and keep it if the mean score of their partners rises. Where the role has become
 * too alike they try up to three, and where none of them is better the one that is most unlike the others is taken all
 * the same.
 */
function testAll(
  input: MutationInput,
  role: Role,
  genomes: Genomes,
  alike: boolean,
  judge: Judge,
  changes: ChangeRecord,
): readonly Genome[] {
  const elite = elitesOf(input, role, genomes[role]), kinds = kinOf(role, genomes[role]);
  return genomes[role].map((genome, agent) => {
    if (elite.has(agent)) return genome;
    const tried: { readonly mutant: Genome; readonly scores: TrialScores | null }[] = [];
    while (tried.length < (alike ? TRIES : 1)) {
      const name = tried.length === 0 ? [] : ["try", tried.length];
      const mutant = mutantOf(input, role, agent, genome, ...name);
      const scores = mutant === genome ? null : judge(genomes, role, agent, mutant);
      tried.push({ mutant, scores });
      if (scores === null || !rises(scores)) continue;
      changes.mutated(role, agent, genome, mutant, { cause: "tested", tries: tried.length, scores });
      return mutant;
    }
    const kin = kinds.find((one) => one.includes(agent))!;
    const others = kin.filter((one) => one !== agent).map((one) => genomes[role][one]!);
    const distances = tried.map(({ mutant }) => distanceTo(role, mutant, others));
    const { mutant, scores } = tried[distances.indexOf(Math.max(...distances))]!;
    if (!alike || mutant === genome) {
      changes.refused("mutation", role, agent, genome, mutant, tried.length, scores);
      return genome;
    }
    changes.mutated(role, agent, genome, mutant, { cause: "lowDiversity", tries: tried.length, scores });
    return mutant;
  });
}

/** Mean distance of a genome to others of its kind in common genes; 0 where there are none. */
function distanceTo(role: Role, genome: Genome, others: readonly Genome[]): number {
  if (others.length === 0) return 0;
  const set = geneSet(agentOf(role, genome).variant);
  return others.reduce((sum, other) => sum + commonDistance(set, genome, other), 0) / others.length;
}

/** The worst agent mutates, untested, by a draw of its own: the one it may have tried has been refused. */
function mutateOne(
  input: MutationInput,
  role: Role,
  genomes: readonly Genome[],
  changes: ChangeRecord,
): readonly Genome[] {
  const worst = argminLast(input.ranking[role].score);
  if (worst === input.ranking[role].best) return genomes;
  const moved = mutantOf(input, role, worst, genomes[worst]!, "worst");
  if (moved === genomes[worst]) return genomes;
  changes.mutated(role, worst, genomes[worst]!, moved, { cause: "worst", tries: 0, scores: null });
  return genomes.map((genome, i) => i === worst ? moved : genome);
}
