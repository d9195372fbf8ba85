import type { ForecastTask } from "../task.ts";
import { type Kernels, kernelsOf } from "./kernels.ts";

/**
 * Weighted second moments of a regression on z = (1, x) of several coins together: gram = sum w z z',
 * cross[h] = sum w z y_h, squares[h] = sum w y_h^2.
 */
export interface Moments {
  /** Coefficients, width + 1; the intercept comes first. */
  readonly size: number;
  /** Row-major [size][size]; the lower triangle counts. */
  readonly gram: Float64Array;
  /** Per horizon, shape [size]. */
  readonly cross: readonly Float64Array[];
  /** Shape [horizon]. */
  readonly squares: Float64Array;
  /** Sum of the weights in the gram. */
  weight: number;
  /** Sum of the weights of the labels that have matured; [horizon]. */
  readonly matured: Float64Array;
}

/** What is summed, and when. */
export interface MomentWalk {
  /** The coins that share coefficients. */
  readonly coins: readonly number[];
  /** Horizons in bars, none smaller than the one before. */
  readonly horizons: readonly number[];
  /** Standardised labels over these horizons, [horizon][coin][rows]; row s is read from row s + h on. */
  readonly labels: readonly (readonly Float64Array[])[];
  /** Factors on all past weights per row, in (0, 1]; one set of moments for each. */
  readonly decays: readonly number[];
  /** Rows between two visits, which fall where the absolute row is divisible by it. */
  readonly every: number;
}

/**
 * Sums a task's rows block by block and calls `visit(row, moments)` at the end of each. At `visit(t, m)` every
 * horizon's labels are those of rows s <= t - h, all known at t; the gram holds rows s <= t - horizons[0], so that for
 * longer horizons it is ahead of the labels by the newest rows (see `solveRidge`). Within a block all rows weigh alike:
 * weights fall from block to block. The rows of a block are summed once for all decays.
 */
export function walkMoments(
  task: ForecastTask,
  { coins, horizons, labels, decays, every }: MomentWalk,
  visit: (row: number, moments: readonly Moments[]) => void,
): void {
  const { rows, firstRow, width } = task, size = width + 1;
  const kernels = kernelsOf(size, task.straightLine);
  const create = (): Moments => ({
    size,
    gram: new Float64Array(size * size),
    cross: horizons.map(() => new Float64Array(size)),
    squares: new Float64Array(horizons.length),
    weight: 0,
    matured: new Float64Array(horizons.length),
  });
  const block = create(), sums = decays.map(create), keep = decays.map((decay) => Math.pow(decay, every));
  const copies = new Float64Array(coins.length * every * size);
  let done = -1; // the visit before
  for (let t = (every - firstRow % every) % every; t < rows; t += every) {
    clear(block);
    const from = Math.max(0, done - horizons[0]! + 1), to = t - horizons[0]! + 1;
    const n = copyRows(task, coins, from, to, size, copies);
    kernels.addRows(block.gram, copies, n);
    block.weight = n;
    horizons.forEach((h, j) => {
      const first = Math.max(0, done - h + 1), last = t - h;
      for (const c of coins) {
        const x = task.design[c]!, y = labels[j]![c]!;
        for (let s = first; s <= last; s++) {
          kernels.addScaled(block.cross[j]!, x, s * width, y[s]!, 1);
          block.squares[j]! += y[s]! * y[s]!;
        }
      }
      block.matured[j] = coins.length * Math.max(0, last - first + 1);
    });
    sums.forEach((moments, i) => addBlock(moments, block, keep[i]!));
    done = t;
    visit(t, sums);
  }
}

function clear(block: Moments): void {
  block.gram.fill(0);
  for (const cross of block.cross) cross.fill(0);
  block.squares.fill(0);
}

/** Writes (1, x) of rows from..to-1 of the coins below one another; returns how many. */
function copyRows(
  { design, width }: ForecastTask,
  coins: readonly number[],
  from: number,
  to: number,
  size: number,
  out: Float64Array,
): number {
  let n = 0;
  for (const c of coins) {
    const x = design[c]!;
    for (let s = from; s < to; s++, n++) {
      const at = n * size, source = s * width;
      out[at] = 1;
      for (let i = 0; i < width; i++) out[at + 1 + i] = x[source + i]!;
    }
  }
  return n;
}

function addBlock(sum: Moments, block: Moments, keep: number): void {
  const { gram } = sum;
  for (let i = 0; i < gram.length; i++) gram[i] = keep * gram[i]! + block.gram[i]!;
  sum.cross.forEach((cross, j) => {
    const added = block.cross[j]!;
    for (let i = 0; i < cross.length; i++) cross[i] = keep * cross[i]! + added[i]!;
    sum.squares[j] = keep * sum.squares[j]! + block.squares[j]!;
    sum.matured[j] = keep * sum.matured[j]! + block.matured[j]!;
  });
  sum.weight = keep * sum.weight + block.weight;
}

/**
 * Ridge regression around given coefficients b: solves (gram + penalty I) d = cross w - gram b, so that b + d minimises
 * the squared error plus penalty |d|^2. `w` weighs the labels as the rows of the gram are weighed; it is 1 for the
 * shortest horizon and a little more for others.
 *
 * @param penalty Shape [size].
 * @param prior The coefficients b, [size]; null for 0.
 * @param out Shape [size]; d, 0 where no label has matured or the system is not positive definite.
 * @param factor Shape [size * size]; left holding the Cholesky factor of gram + penalty I.
 */
export function solveRidge(
  { size, gram, cross, weight, matured }: Moments,
  horizon: number,
  penalty: Float64Array,
  prior: Float64Array | null,
  out: Float64Array,
  factor: Float64Array,
  kernels: Kernels = kernelsOf(size),
): boolean {
  const known = matured[horizon]!;
  if (!(known > 0) || !kernels.factor(gram, penalty, factor)) {
    out.fill(0);
    return false;
  }
  const scale = weight / known, sums = cross[horizon]!;
  for (let i = 0; i < size; i++) out[i] = scale * sums[i]!;
  if (prior) {
    for (let i = 0; i < size; i++) {
      let sum = 0;
      for (let k = 0; k < size; k++) sum += gram[i >= k ? i * size + k : k * size + i]! * prior[k]!;
      out[i] = out[i]! - sum;
    }
  }
  kernels.solve(factor, out);
  return true;
}

/** A ridge this small, relative to the weight of the sample, keeps empty and collinear columns solvable. */
const LEAST_RIDGE = 1e-6;

/**
 * The ridge penalty under which the coefficient of an isolated regressor of unit variance is multiplied by
 * 1 - shrinkage: weight s / (1 - s). The intercept counts as such a regressor, which pulls the mean to 0,
 * the forecast of a martingale.
 */
export function ridgePenalty(weight: number, shrinkage: number): number {
  return weight * (shrinkage / (1 - shrinkage) + LEAST_RIDGE);
}
