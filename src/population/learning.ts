/** How genomes change at a transfer step. Arms without any learning make the same checks at the same steps. */
import { agentOf, type Pipeline } from "../agents/agent.ts";
import type { Role } from "../genome/role.ts";
import type { Desk } from "../agents/desk.ts";
import { coordinateOf, type Genome, naturalValue, settle } from "../genome/genome.ts";
import { type Gene, genesOf } from "../genome/gene.ts";
import { geneSet } from "../agents/variant.ts";
import { type Rng, rng } from "../core/rng.ts";
import type { PopulationConfig } from "./config.ts";
import { parameterDiversity } from "./diversity.ts";
import type { MutationEvent, TransferEvent } from "../events/iteration.ts";
import { byRole } from "../genome/role.ts";
import type { Genomes } from "./members.ts";
import { mutate } from "./mutation.ts";
import type { Ranking } from "./ranking.ts";
import { channelScales, trialRunner } from "./reference_states.ts";
import { geneImportance, scheduledTau, TRANSFERS } from "./transfer.ts";

/** What a learning step works with. */
export interface LearningInput {
  readonly desk: Desk;
  readonly config: PopulationConfig;
  readonly seed: number;
  readonly k: number;
  /** Index of the run's last iteration, for the tau schedule. */
  readonly last: number;
  /** Row t_k. */
  readonly row: number;
  readonly genomes: Genomes;
  readonly champion: Pipeline;
  readonly ranking: Ranking;
  readonly startDiversity: Readonly<Record<Role, number>>;
}

/** The genomes that count from the next iteration on, and how they came about. */
export interface Learned {
  readonly genomes: Genomes;
  readonly transfers: readonly TransferEvent[];
  readonly mutations: readonly MutationEvent[];
}
export type Learning = (input: LearningInput) => Learned;

/**
 * In each role the best agent teaches every other one, all from the same genomes, at once. Then, in each role
 * whose diversity is below its trigger, the non-elite are mutated.
 */
const teaching: Learning = (input) => {
  const transfers: TransferEvent[] = [];
  const mutations: MutationEvent[] = [];
  const genomes = byRole((role) => {
    const taught = teachRole(input, role, transfers);
    return mutateRole(input, role, taught, mutations);
  });
  return { genomes, transfers, mutations };
};

function teachRole<Kind extends Role>(
  input: LearningInput,
  role: Kind,
  events: TransferEvent[],
): readonly Genome[] {
  const { config, genomes } = input;
  if (config.transfer === "none") return genomes[role];
  const teacherIndex = input.ranking[role].best;
  const teacher = genomes[role][teacherIndex]!;
  const teacherGenes = geneSet(agentOf(role, teacher).variant);
  const tau = scheduledTau(
    config.tauSchedule,
    config.transferTau,
    config.transferTauEnd,
    input.k,
    input.last,
  );
  const runTrial = trialRunner(input.desk, input.champion, role, input.row);
  const run = (genome: Genome) => runTrial(agentOf(role, genome));
  const scales = once(() => channelScales(genomes[role].map(run)));
  const importance = once(() => geneImportance(teacher, teacherGenes, run, scales()));

  return genomes[role].map((student, index) => {
    if (index === teacherIndex) return student;
    const studentGenes = geneSet(agentOf(role, student).variant);
    const { genome, outputDistance } = TRANSFERS[config.transfer]({
      student,
      teacher,
      studentGenes,
      teacherGenes,
      tau,
      share: config.selectiveShare,
      run,
      scales,
      importance,
    });
    events.push({
      role,
      teacher: teacherIndex,
      student: index,
      operator: config.transfer,
      tau,
      before: student.coordinates,
      after: genome.coordinates,
      outputDistance,
    });
    return genome;
  });
}

/** A function that computes its value when it is first asked, and then keeps it. */
function once<Value>(compute: () => Value): () => Value {
  let kept: { readonly value: Value } | null = null;
  return () => (kept ??= { value: compute() }).value;
}

function mutateRole(
  input: LearningInput,
  role: Role,
  genomes: readonly Genome[],
  events: MutationEvent[],
): readonly Genome[] {
  const { config, ranking, seed, k } = input;
  if (!config.mutation) return genomes;
  const agents = genomes.map((genome) => agentOf(role, genome));
  if (!(parameterDiversity(agents, genomes) < config.diversityTrigger * input.startDiversity[role])) {
    return genomes;
  }
  return genomes.map((genome, index) => {
    if (index === ranking[role].best) return genome;
    const set = geneSet(agents[index]!.variant);
    const moved = mutate(
      genome,
      set,
      config.mutationRate,
      config.mutationSd,
      rng("mutation", seed, k, role, index),
    );
    events.push({ role, agent: index, before: genome.coordinates, after: moved.coordinates });
    return moved;
  });
}

/**
 * Population Based Training (Jaderberg et al. 2017): in each role the worst agent copies all genes of the
 * best, then each gene is multiplied by 1.2 or 0.8 in natural units and clipped. Needs one variant per role.
 */
const pbt: Learning = ({ genomes, ranking, seed, k }) => {
  const transfers: TransferEvent[] = [];
  const mutations: MutationEvent[] = [];
  const next = byRole((role) => {
    const { best, score } = ranking[role];
    const worst = argminLast(score);
    const teacher = genomes[role][best]!;
    const student = genomes[role][worst]!;
    if (worst === best || teacher.variant !== student.variant) return genomes[role];
    const explored = explore(role, teacher, rng("pbt", seed, k, role));
    const link = { role, before: student.coordinates, after: teacher.coordinates };
    transfers.push({ ...link, teacher: best, student: worst, operator: "pbt", tau: 1, outputDistance: null });
    mutations.push({ role, agent: worst, before: teacher.coordinates, after: explored.coordinates });
    return genomes[role].map((genome, i) => i === worst ? explored : genome);
  });
  return { genomes: next, transfers, mutations };
};

/** Every gene times 1.2 or 0.8 in natural units. */
function explore(role: Role, genome: Genome, random: Rng): Genome {
  const set = geneSet(agentOf(role, genome).variant);
  const coordinates = genesOf(set).map((gene, i) =>
    perturbed(gene, genome.coordinates[i]!, random.uniform() < 0.5)
  );
  return { variant: genome.variant, coordinates: settle(set, coordinates) };
}

function perturbed(gene: Gene, coordinate: number, up: boolean): number {
  const value = naturalValue(gene, coordinate) * (up ? 1.2 : 0.8);
  return coordinateOf(gene, Math.min(gene.max, Math.max(gene.min, value)));
}

/** Index of the smallest value; ties go to the higher index, so that the worst is not the best unless alone. */
function argminLast(values: readonly number[]): number {
  let worst = 0;
  for (let i = 1; i < values.length; i++) if (values[i]! <= values[worst]!) worst = i;
  return worst;
}

/** Every way of learning a config may name. */
export const LEARNING = { teaching, pbt } as const satisfies Record<PopulationConfig["learning"], Learning>;
