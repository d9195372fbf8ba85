import { type Labels, standardisedLabels } from "../labels.ts";
import { oncePerTask } from "../once_per_task.ts";
import { type ForecastTask, MIN_ROWS, REFIT_EVERY } from "../task.ts";
import type { Predictions } from "./hedge.ts";
import { type Kernels, kernelsOf } from "./kernels.ts";
import { type Moments, type MomentWalk, ridgePenalty, solveRidge, walkMoments } from "./moments.ts";

/** Share of a label's variance that features are expected to explain before anything was seen. */
export const FLOOR_R2 = .002;
/** The same of what a method sees beyond the floor. */
export const OWN_R2 = .001;

/** What a method is given at a visit. */
export interface FloorVisit {
  /** The row; what is solved here serves it and the rows until the next visit. */
  readonly row: number;
  /** First row of the next visit, or the number of rows. */
  readonly until: number;
  /** Coefficients of the floor, [horizon], shape [size]; 0 until MIN_ROWS rows have matured. */
  readonly floor: readonly Float64Array[];
  /** Moments by the decays that were asked for. */
  readonly own: readonly Moments[];
  /** True from the visit on at which MIN_ROWS labels of a horizon have matured; [horizon]. */
  readonly ready: readonly boolean[];
}

/** What is walked over; see `MomentWalk`. */
export type FloorWalk = Pick<MomentWalk, "horizons" | "decays"> & { readonly every?: number };

/**
 * The floor of every mean: a ridge regression of the standardised labels on (1, x) over all rows so far, all coins
 * together, under a prior so strong that features explain FLOOR_R2 of the variance. Nothing is forgotten, and nothing in it is a
 * gene. Labels of h overlapping rows tell as much as every h-th of them, so the prior weighs h times as much. A method
 * starts from these coefficients and adds what it sees beyond them.
 *
 * @param labels Over the horizons of the walk, [horizon][coin][rows].
 * @see A. Hoerl, R. Kennard, Technometrics 12 (1970) 55.
 */
export function walkFloor(
  task: ForecastTask,
  labels: MomentWalk["labels"],
  { horizons, decays, every = REFIT_EVERY }: FloorWalk,
  visit: (at: FloorVisit) => void,
): void {
  const size = task.width + 1, kernels = kernelsOf(size, task.straightLine);
  const floor = horizons.map(() => new Float64Array(size));
  const penalty = new Float64Array(size), work = new Float64Array(size * size);
  const ready = horizons.map(() => false);
  const coins = task.returns.map((_, c) => c);
  walkMoments(task, { coins, horizons, labels, decays: [1, ...decays], every }, (row, [all, ...own]) => {
    horizons.forEach((h, j) => {
      ready[j] = row - h + 1 >= MIN_ROWS;
      if (!ready[j]) return;
      penalty.fill(h * size / FLOOR_R2);
      solveRidge(all!, j, penalty, null, floor[j]!, work, kernels);
    });
    visit({ row, until: Math.min(task.rows, row + every), floor, own, ready });
  });
}

/** Penalty on what is added to the floor: the gene shrinks it in proportion, the prior by how little there is to find. */
export function ownPenalty(task: ForecastTask, weight: number, horizon: number): number {
  return ridgePenalty(weight, task.shrinkage) + horizon * (task.width + 1) / OWN_R2;
}

/** What ridges around the floor are solved in. */
export interface RidgeMemory {
  /** Coefficients that were solved last; shape [size]. */
  readonly b: Float64Array;
  /** Shape [size]. */
  readonly penalty: Float64Array;
  /** Shape [size * size]. */
  readonly factor: Float64Array;
}

/** Memory for ridges of a size. */
export function ridgeMemory(size: number): RidgeMemory {
  return {
    b: new Float64Array(size),
    penalty: new Float64Array(size),
    factor: new Float64Array(size * size),
  };
}

/** Coefficients of a ridge that is drawn to the floor's: those and what moments see beyond them. @returns `memory.b`. */
export function ridgeAround(
  task: ForecastTask,
  moments: Moments,
  horizon: number,
  floor: Float64Array,
  { b, penalty, factor }: RidgeMemory,
  kernels: Kernels,
): Float64Array {
  penalty.fill(ownPenalty(task, moments.weight, task.horizons[horizon]!));
  solveRidge(moments, horizon, penalty, floor, b, factor, kernels);
  for (let k = 0; k < b.length; k++) b[k] = b[k]! + floor[k]!;
  return b;
}

/** Writes the predictions of coefficients b for rows from..until-1 of every coin to [coin][rows]. */
export function predictRows(
  { design, width }: ForecastTask,
  b: Float64Array,
  from: number,
  until: number,
  out: readonly Float64Array[],
  { predict }: Kernels,
): void {
  for (let t = from; t < until; t++) predict(b, design, t * width, out, t);
}

/** Series of a task's shape: [horizon][coin][rows], 0 everywhere. */
export function createPredictions(
  task: ForecastTask,
  horizons: number = task.horizons.length,
): Float64Array[][] {
  return Array.from({ length: horizons }, () => task.returns.map(() => new Float64Array(task.rows)));
}

/** The floor itself, standardised; [horizon][coin][rows], 0 before the first fit. */
export function floorPredictions(task: ForecastTask, labels: Labels): Predictions {
  const out = createPredictions(task), kernels = kernelsOf(task.width + 1, task.straightLine);
  walkFloor(task, labels.clipped, { horizons: task.horizons, decays: [] }, ({ row, until, floor }) => {
    floor.forEach((b, j) => predictRows(task, b, row, until, out[j]!, kernels));
  });
  return out;
}

/** The floor of a task, shared by all methods that ask for it. */
export const floorOf: (task: ForecastTask) => Predictions = oncePerTask((task) =>
  floorPredictions(task, standardisedLabels(task))
);
