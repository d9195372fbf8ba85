/** What the best agent of a role gives to the others at a transfer step, before anybody has judged it. */
import { agentOf, type Pipeline } from "../agents/agent.ts";
import { type Desk, inputsOf } from "../agents/desk.ts";
import { kinOf } from "../agents/kin.ts";
import { ROLE_RECORDS } from "../agents/roles.ts";
import { geneSet } from "../agents/variant.ts";
import { once } from "../core/once.ts";
import { rng } from "../core/rng.ts";
import { coordinateOf, type Genome } from "../genome/genome.ts";
import type { Role } from "../genome/role.ts";
import type { PopulationConfig } from "./config.ts";
import type { Genomes } from "./members.ts";
import { bestOf, type Ranking } from "./ranking.ts";
import { channelScales, trialRunner } from "./reference_states.ts";
import { geneImportance, scheduledTau, type Taught, TRANSFERS } from "./transfer.ts";

/** What lessons need to know. */
export interface LessonInput {
  readonly desk: Desk;
  readonly config: PopulationConfig;
  readonly seed: number;
  readonly k: number;
  /** Index of the run's last iteration, for the tau schedule. */
  readonly last: number;
  /** Row t_k. */
  readonly row: number;
  /** All lessons start from these. */
  readonly genomes: Genomes;
  readonly champion: Pipeline;
  readonly ranking: Ranking;
}

/** A lesson: who would become what by it. */
export interface Lesson extends Taught {
  readonly teacher: number;
  readonly student: number;
  readonly tau: number;
  readonly own: Genome;
}

/**
 * The lessons of a role, by index of the student; none without transfer or in a frozen role. Who has no common genes with the best of the
 * role learns from the best of its own kind.
 */
export function lessonsOf(input: LessonInput, role: Role): Lesson[] {
  const { config, k, last } = input;
  if (config.transfer === "none" || config.frozen.includes(role)) return [];
  const genomes = input.genomes[role];
  const tau = scheduledTau(config.tauSchedule, config.transferTau, config.transferTauEnd, k, last);
  const runTrial = trialRunner(input.desk, input.champion, role, input.row);
  const run = (genome: Genome) => runTrial(agentOf(role, genome));
  const scales = once(() => channelScales(genomes.map(run)));
  const lessons = kinOf(role, genomes).flatMap((kin): Lesson[] => {
    const teacherIndex = teacherOf(input, role, kin);
    const teacher = asItTeaches(input, role, genomes[teacherIndex]!);
    const teacherGenes = geneSet(agentOf(role, teacher).variant);
    const importance = once(() => geneImportance(teacher, teacherGenes, run, scales()));
    return kin.flatMap((index) => {
      if (index === teacherIndex) return [];
      const student = genomes[index]!;
      const studentGenes = geneSet(agentOf(role, student).variant);
      const share = config.selectiveShare;
      const given = { student, teacher, studentGenes, teacherGenes, tau, share, run, scales, importance };
      const taught = TRANSFERS[config.transfer](given);
      return [{ ...taught, teacher: teacherIndex, student: index, tau, own: student }];
    });
  });
  return lessons.sort((a, b) => a.student - b.student);
}

/**
 * A teacher's genome as it hands it on: common genes of its methods that rows have taught it another value of, as which method to
 * choose, have that value by row t_k. Its own genome stays as it is.
 */
function asItTeaches<Kind extends Role>(
  { desk, champion, row }: LessonInput,
  role: Kind,
  genome: Genome,
): Genome {
  const agent = agentOf(role, genome), { common } = geneSet(agent.variant);
  const inputs = inputsOf(desk, { ...champion, [role]: agent }, role);
  const learned = ROLE_RECORDS[role].learned(agent, inputs, row);
  if (common.every(({ name }) => learned[name] === undefined)) return genome;
  const coordinates = genome.coordinates.map((own, i) => {
    const gene = common[i], value = gene && learned[gene.name];
    return gene === undefined || value === undefined ? own : coordinateOf(gene, value);
  });
  return { variant: genome.variant, coordinates };
}

/** Who teaches its kind: the best of it, or for a placebo one that the seed draws, common to all arms. */
function teacherOf({ config, ranking, seed, k }: LessonInput, role: Role, kin: readonly number[]): number {
  if (config.teacher === "best") return bestOf(kin, ranking[role]);
  return kin[rng("placebo teacher", seed, k, role, kin[0]!).int(kin.length)]!;
}
