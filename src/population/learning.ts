/** How genomes change at a transfer step. Arms without any learning make the same checks at the same steps. */
import { byRole, type Role, ROLES } from "../genome/role.ts";
import { type ChangeRecord, type Changes, createChanges } from "./changes.ts";
import type { PopulationConfig } from "./config.ts";
import { createJudge, type Judge, rises, type Trial, withGenome } from "./judge.ts";
import { once } from "../core/once.ts";
import { type Lesson, type LessonInput, lessonsOf } from "./lessons.ts";
import type { Genomes } from "./members.ts";
import { mutateRole, type MutationInput } from "./mutate_role.ts";
import { pbt } from "./pbt.ts";
import { type SuggestionInput, trySuggested } from "./suggested_mutants.ts";

/** What a learning step works with. */
export interface LearningInput extends LessonInput, MutationInput, SuggestionInput, Trial {}

/** The genomes that count from the next iteration on, and how they came about. */
export interface Learned extends Changes {
  readonly genomes: Genomes;
}
export type Learning = (input: LearningInput) => Learned;

/**
 * In each role the best agent teaches every other one, all from the same genomes; then genomes mutate. What is tested is
 * settled role by role in the order of the pipeline, so that each test sees what the roles before it have become:
 * lessons that are not tested hold for all roles beforehand, tested ones from their role's turn on.
 */
const teaching: Learning = (input) => {
  const { config, genomes } = input;
  const changes = createChanges();
  const judge = once(() => createJudge(input));
  let standing: Genomes = genomes;
  if (!config.transferTest) {
    standing = byRole((role) => afterLessons(genomes, role, takeAll(input, role, changes))[role]);
  }
  for (const role of ROLES) {
    if (config.transferTest) {
      standing = afterLessons(standing, role, takeBetter(input, role, standing, judge, changes));
    }
    standing = { ...standing, [role]: mutateRole(input, role, standing, judge, changes) };
    standing = trySuggested(input, role, standing, judge, changes);
  }
  return { genomes: standing, ...changes.all() };
};

/** All lessons of a role, as they are. */
function takeAll(input: LearningInput, role: Role, changes: ChangeRecord): Lesson[] {
  const lessons = lessonsOf(input, role);
  for (const lesson of lessons) changes.taught(role, input.config.transfer, lesson, null);
  return lessons;
}

/** The lessons of a role that raise the mean score of their student's partners. */
function takeBetter(
  input: LearningInput,
  role: Role,
  standing: Genomes,
  judge: () => Judge,
  changes: ChangeRecord,
): Lesson[] {
  return lessonsOf(input, role).filter((lesson) => {
    const { student, own, genome } = lesson;
    const scores = judge()(standing, role, student, genome);
    if (rises(scores)) changes.taught(role, input.config.transfer, lesson, scores);
    else changes.refused("transfer", role, student, own, genome, 1, scores);
    return rises(scores);
  });
}

function afterLessons(genomes: Genomes, role: Role, lessons: readonly Lesson[]): Genomes {
  return lessons.reduce((all, { student, genome }) => withGenome(all, role, student, genome), genomes);
}

/** Every way of learning a config may name. */
export const LEARNING = { teaching, pbt } as const satisfies Record<PopulationConfig["learning"], Learning>;
