/** What a cell will cost: by cells of its shape in the ledger, else by others of its jobs, else by a first measurement. */
import type { JobName } from "../jobs/registry.ts";

/** How much there is to do. */
interface CellSize {
  readonly rows: number;
  readonly iterations: number;
  /** Agents per role. */
  readonly size: number;
}

/**
 * CPU seconds of a job by its size, as measured on one core of a small server (two virtual cores, 2026): markets of 792,
 * 4,380 and 8,766 rows, 2 to 224 iterations, 3 and 5 agents a role. A part grows with these products, a part with the rows
 * alone; both are corrected by the ledger.
 */
const SECONDS: Readonly<Partial<Record<JobName, (size: CellSize) => number>>> = {
  population: ({ rows, iterations, size }) => 1.3e-6 * rows * iterations * size ** 2 + 3e-4 * rows,
  selectionOnly: ({ rows, iterations, size }) => 0.4e-6 * rows * iterations * size ** 2 + 3e-4 * rows,
  homogeneousPbt: ({ rows, iterations, size }) => 0.75e-6 * rows * iterations * size ** 2 + 3e-4 * rows,
  singleAgent: ({ rows, iterations }) => 5e-6 * rows * iterations + 1e-4 * rows,
  randomSwitching: ({ rows }) => 7e-4 * rows,
  references: ({ rows }) => 1.2e-3 * rows,
};

/** A first guess at a job's CPU seconds, right within a factor of about two; of one not in the table, as of a population. */
export function expectedSeconds(job: JobName, size: CellSize): number {
  return (SECONDS[job] ?? SECONDS.population!)(size);
}

/** What is known of cells of one shape. */
export interface KnownCost {
  /** As `PlannedCell.shape`. */
  readonly shape: string;
  /** First guess and measured mean of one such cell, CPU seconds. */
  readonly guess: number;
  readonly cpuSeconds: number;
}

/** What cells will cost together. */
export interface Expected {
  readonly cpuSeconds: number;
  /** Share of it that cells of the same shape stand behind; the rest is guessed. */
  readonly measuredShare: number;
}

/** CPU seconds of cells, one after another. */
export function expectedCost(
  cells: readonly { readonly shape: string; readonly guess: number }[],
  known: readonly KnownCost[],
): Expected {
  const byShape = new Map(known.map(({ shape, cpuSeconds }) => [shape, cpuSeconds]));
  let cpuSeconds = 0, measured = 0;
  for (const { shape, guess } of cells) {
    const own = byShape.get(shape);
    const seconds = own ?? guess * correction(shape, known);
    cpuSeconds += seconds;
    if (own !== undefined) measured += seconds;
  }
  return { cpuSeconds, measuredShare: cpuSeconds > 0 ? measured / cpuSeconds : 1 };
}

/** By how much the first guess was off for cells of the same jobs. */
function correction(shape: string, known: readonly KnownCost[]): number {
  const { jobs } = shapeOf(shape);
  const same = known.filter((one) => JSON.stringify(shapeOf(one.shape).jobs) === JSON.stringify(jobs));
  const guessed = same.reduce((sum, one) => sum + guessOf(one), 0);
  return guessed > 0 ? same.reduce((sum, one) => sum + one.cpuSeconds, 0) / guessed : 1;
}

/** Today's guess at a cell of the ledger, which was entered with that of its day. */
function guessOf({ shape, guess }: KnownCost): number {
  const { jobs, rows, iterations, size } = shapeOf(shape);
  if (iterations === undefined || size === undefined) return guess;
  return jobs.reduce((sum, job) => sum + expectedSeconds(job, { rows, iterations, size }), 0);
}

function shapeOf(shape: string) {
  return JSON.parse(shape) as
    & Pick<CellSize, "rows">
    & Partial<CellSize>
    & { readonly jobs: readonly JobName[] };
}

/** Bytes of the process without any worker, and of a worker beside its shared series. */
const BASE_BYTES = 150 * 2 ** 20, WORKER_BYTES = 90 * 2 ** 20;

/** Bytes that a grid's process takes at most. */
export function expectedBytes(workers: number, memoBytes: number): number {
  return BASE_BYTES + workers * (WORKER_BYTES + memoBytes);
}
