/**
 * Transfer operators: how a teacher's genome changes a student's. All act on the role's common genes in
 * normalised coordinates; a variant's own genes stay home and its identity never moves. tau = 0 changes
 * nothing under any operator.
 */
import type { Gene, GeneSet } from "../genome/gene.ts";
import { type Genome, naturalValue } from "../genome/genome.ts";
import { solveCholesky } from "../core/linear.ts";
import type { Outputs } from "../agents/outputs.ts";
import { outputDistance } from "./reference_states.ts";
import type { TAU_SCHEDULES, TRANSFER_NAMES } from "./config.ts";

/** What one lesson needs to know. */
export interface Lesson {
  readonly student: Genome;
  readonly teacher: Genome;
  readonly studentGenes: GeneSet;
  readonly teacherGenes: GeneSet;
  /** 0 keeps the student, 1 copies the teacher. */
  readonly tau: number;
  /** Share of the common genes that selective transfer moves, in [0, 1]. */
  readonly share: number;
  /** Outputs of a genome of either variant on the reference states. */
  readonly run: (genome: Genome) => Outputs;
  /** sd of every output channel over the reference states of all agents of the role; computed once per role. */
  readonly scales: () => Float64Array;
  /** Sensitivity of the teacher's outputs to each common gene; computed once per teacher. */
  readonly importance: () => readonly number[];
}

/** A changed genome, and its output distance to the lesson's target before and after where it is measured. */
export interface Taught {
  readonly genome: Genome;
  readonly outputDistance: readonly [number, number] | null;
}

export type Transfer = (lesson: Lesson) => Taught;

/** Nobody learns. */
const none: Transfer = ({ student }) => ({ genome: student, outputDistance: null });

/** theta <- (1 - tau) theta + tau theta*, gene by gene (protocol 4.2). */
const softUpdate: Transfer = (lesson) => ({
  genome: moveGenes(lesson, lesson.studentGenes.common.map(() => true)),
  outputDistance: null,
});

/** A soft update of the genes that matter most to the teacher; share 1 equals the soft update, share 0 none. */
const selective: Transfer = (lesson) => ({
  genome: moveGenes(lesson, importantGenes(lesson.importance(), lesson.share)),
  outputDistance: null,
});

/** Gauss-Newton steps of a distillation, and the damping tried in each. */
const FIT_STEPS = 3;
const DAMPINGS = [1e-3, 1e-1, 10];
/** Half-width of a central difference in normalised coordinates. */
const DIFFERENCE = 0.05;

/**
 * Fits the student's common genes so that its outputs on the reference states come near (1 - tau) its own +
 * tau the teacher's, by damped Gauss-Newton with central differences; kept only if the distance falls.
 */
const distillation: Transfer = (lesson) => distil(lesson, lesson.student);

/** Selective transfer first, then a distillation from there; the distance is measured from the student as it was. */
const hybrid: Transfer = (lesson) => {
  if (lesson.tau === 0) return { genome: lesson.student, outputDistance: null };
  return distil(lesson, moveGenes(lesson, importantGenes(lesson.importance(), lesson.share)));
};

/** Every transfer operator a config may name. */
export const TRANSFERS = { none, softUpdate, distillation, selective, hybrid } as const satisfies Record<
  (typeof TRANSFER_NAMES)[number],
  Transfer
>;

/** tau at step k of `last`: constant, or from `start` to `end` evenly or by a constant factor. */
export function scheduledTau(
  schedule: (typeof TAU_SCHEDULES)[number],
  start: number,
  end: number,
  k: number,
  last: number,
): number {
  const progress = last > 0 ? Math.min(k / last, 1) : 0;
  if (schedule === "constant") return start;
  if (schedule === "linear") return start + (end - start) * progress;
  if (start === 0) return 0;
  return start * (Math.max(end, 1e-6) / start) ** progress;
}

/**
 * Moves the chosen common genes of the student towards the teacher by tau. Between two coordinates in [0, 1]
 * nothing leaves the bounds, and what is not moved keeps its bits: weights are not brought to their sum again.
 */
function moveGenes({ student, teacher, tau }: Lesson, chosen: readonly boolean[]): Genome {
  const coordinates = student.coordinates.map((own, i) =>
    chosen[i] === true ? own + tau * (teacher.coordinates[i]! - own) : own
  );
  return { variant: student.variant, coordinates };
}

/** The ceil(share x genes) most important genes; ties go to the earlier gene. */
export function importantGenes(importance: readonly number[], share: number): boolean[] {
  const count = Math.ceil(share * importance.length);
  const order = importance.map((_, i) => i).sort((a, b) => importance[b]! - importance[a]! || a - b);
  const chosen = new Set(order.slice(0, count));
  return importance.map((_, i) => chosen.has(i));
}

/**
 * Mean squared sensitivity of a genome's outputs to each of its common genes (the Fisher diagonal of
 * Gaussian outputs), by central differences of 0.05, or one unit of an integer gene if that is more.
 *
 * @param scales sd of each channel over all agents of the role: one agent's leverage or drawdown limit may
 *   never change, and over its states alone it would have no scale and no importance.
 */
export function geneImportance(
  genome: Genome,
  set: GeneSet,
  run: (genome: Genome) => Outputs,
  scales: Float64Array,
): number[] {
  return set.common.map((_, i) => {
    const [down, up] = neighbours(genome, set, i);
    const width = up.coordinates[i]! - down.coordinates[i]!;
    return width > 0 ? (outputDistance(run(up), run(down), scales) / width) ** 2 : 0;
  });
}

/** The genome with common gene i one difference lower and higher, clipped at the bounds. */
function neighbours(genome: Genome, set: GeneSet, i: number): readonly [Genome, Genome] {
  const gene = set.common[i]!;
  const half = Math.max(DIFFERENCE, gene.scale === "integer" ? unitStep(gene, genome.coordinates[i]!) : 0);
  const shifted = (step: number): Genome => ({
    variant: genome.variant,
    coordinates: genome.coordinates.map((x, k) => k === i ? Math.max(0, Math.min(1, x + step)) : x),
  });
  return [shifted(-half), shifted(half)];
}

/** Coordinate width of one unit of an integer gene at a coordinate. */
function unitStep(gene: Gene, coordinate: number): number {
  return Math.log(1 + 1 / naturalValue(gene, coordinate)) / Math.log(gene.max / gene.min);
}

function distil(lesson: Lesson, start: Genome): Taught {
  const { student, teacher, studentGenes, tau, run } = lesson;
  if (tau === 0) return { genome: student, outputDistance: null };
  const own = run(student);
  const taught = run(teacher);
  const target: Outputs = {
    ...own,
    values: own.values.map((x, i) => (1 - tau) * x + tau * taught.values[i]!),
  };
  const scales = lesson.scales();
  const before = outputDistance(own, target, scales);
  let best = start;
  let bestOutputs = start === student ? own : run(start);
  let distance = outputDistance(bestOutputs, target, scales);

  for (let step = 0; step < FIT_STEPS; step++) {
    const normal = normalEquations(best, bestOutputs, target, scales, studentGenes, run);
    let improved = false;
    for (const damping of DAMPINGS) {
      const candidate = dampedStep(best, normal, damping);
      const outputs = run(candidate);
      const reached = outputDistance(outputs, target, scales);
      if (reached < distance * (1 - 1e-9)) {
        [best, bestOutputs, distance, improved] = [candidate, outputs, reached, true];
        break;
      }
    }
    if (!improved) break;
  }
  if (!(distance < before)) return { genome: student, outputDistance: [before, before] };
  return { genome: best, outputDistance: [before, distance] };
}

interface NormalEquations {
  readonly matrix: Float64Array;
  readonly gradient: Float64Array;
}

/** J'J and J'(target - outputs) over the common genes, in scaled channels. */
function normalEquations(
  genome: Genome,
  outputs: Outputs,
  target: Outputs,
  scales: Float64Array,
  set: GeneSet,
  run: (genome: Genome) => Outputs,
): NormalEquations {
  const d = set.common.length;
  const jacobian = set.common.map((_, i) => {
    const [down, up] = neighbours(genome, set, i);
    const width = up.coordinates[i]! - down.coordinates[i]!;
    const [high, low] = [run(up).values, run(down).values];
    return high.map((x, s) => (x - low[s]!) / width / scales[s % outputs.channels]!);
  });
  const matrix = new Float64Array(d * d);
  const gradient = new Float64Array(d);
  const residual = target.values.map((x, s) => (x - outputs.values[s]!) / scales[s % outputs.channels]!);
  for (let i = 0; i < d; i++) {
    for (let s = 0; s < residual.length; s++) gradient[i]! += jacobian[i]![s]! * residual[s]!;
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let s = 0; s < residual.length; s++) sum += jacobian[i]![s]! * jacobian[j]![s]!;
      matrix[i * d + j] = matrix[j * d + i] = sum;
    }
  }
  return { matrix, gradient };
}

function dampedStep(
  genome: Genome,
  { matrix, gradient }: NormalEquations,
  damping: number,
): Genome {
  const d = gradient.length;
  const damped = matrix.slice();
  let trace = 0;
  for (let i = 0; i < d; i++) trace += matrix[i * d + i]!;
  for (let i = 0; i < d; i++) damped[i * d + i]! += damping * (matrix[i * d + i]! + trace / d + 1e-12);
  const step = gradient.slice();
  if (!solveCholesky(damped, step)) return genome;
  const coordinates = genome.coordinates.map((x, i) => i < d ? Math.max(0, Math.min(1, x + step[i]!)) : x);
  return { variant: genome.variant, coordinates };
}
