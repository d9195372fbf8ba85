import { type Edges, firstPast } from "./first_past.ts";
import { type Corner, createCorner, invert, planeThrough } from "./plane_corner.ts";

/** Moves from corner to corner at most, and slopes that count as 0. */
const MOVES = 400, FLAT = 1e-10;

/**
 * Linear quantile regression by descent from corner to corner: at a corner as many rows lie on the plane as it has
 * coefficients. One of them is let go along the edge on which the loss falls fastest, up to the row at which
 * it would rise again, which takes its place. From a plane near the best one it takes a few moves.
 *
 * @param y Shape [rows].
 * @param columns Regressors; [width], shape [rows].
 * @param start Coefficients of a plane near by; [width].
 * @returns Coefficients that minimise sum rho_level(y - x b), [width]; null where the way is not clear: columns are
 *   collinear, or more rows than coefficients lie on a plane.
 * @see R. Koenker, V. d'Orey, Applied Statistics 36 (1987) 383; P. Bloomfield, W. Steiger, SIAM Journal on Scientific and
 *   Statistical Computing 1 (1980) 290.
 */
export function quantileByEdges(
  y: Float64Array,
  columns: readonly Float64Array[],
  level: number,
  start: ArrayLike<number>,
): Float64Array | null {
  const n = y.length, width = columns.length, left = y.slice(), turn = new Float64Array(n);
  columns.forEach((x, i) => addTimes(left, x, -start[i]!));
  const cost = left.map((value) => value > 0 ? -level : 1 - level); // derivative of a row's loss by the plane's height
  const corner = createCorner(width),
    edges: Edges = {
      steps: new Float64Array(n),
      weights: new Float64Array(n),
      rows: new Int32Array(n),
    };
  for (let move = 0; move < MOVES; move++) {
    if (!invert(corner, columns)) return null;
    const leaving = rowToLeave(corner, columns.map((x) => product(cost, x)), level);
    if (leaving === null) return planeThrough(corner, y);
    const { index, sign, fall } = leaving, { rows } = edges;
    turn.fill(0);
    columns.forEach((x, i) => addTimes(turn, x, sign * corner.inverse[i * width + index]!));
    let count = 0;
    for (let t = 0; t < n; t++) {
      if (!(left[t]! * turn[t]! > 0)) continue; // never met; rows on the plane among them
      edges.steps[count] = left[t]! / turn[t]!;
      edges.weights[count] = Math.abs(turn[t]!);
      rows[count++] = t;
    }
    const place = firstPast(edges, count, fall);
    if (place < 0) return null;
    for (let k = 0; k < place; k++) cost[rows[k]!] = 1 - 2 * level - cost[rows[k]!]!; // passed: now on the other side
    const met = rows[place]!, step = left[met]! / turn[met]!, gone = corner.held[index]!;
    addTimes(left, turn, -step);
    corner.held[index] = met;
    cost[met] = 0;
    for (const row of corner.held) if (row >= 0) left[row] = 0;
    if (gone >= 0) {
      left[gone] = -sign * step;
      cost[gone] = sign > 0 ? 1 - level : -level;
    }
    for (let t = 0; t < n; t++) if (left[t] === 0 && cost[t] !== 0) return null;
  }
  return null;
}

function addTimes(out: Float64Array, x: Float64Array, factor: number): void {
  for (let t = 0; t < out.length; t++) out[t] = out[t]! + factor * x[t]!;
}

function product(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let t = 0; t < a.length; t++) sum += a[t]! * b[t]!;
  return sum;
}

/** Which place of a corner is given up, to which side (1: its row falls below the plane), and how fast the loss falls then. */
interface Leaving {
  readonly index: number;
  readonly sign: 1 | -1;
  readonly fall: number;
}

/** Rows of the identity go first, whatever that brings; null at the optimum. */
function rowToLeave({ held, inverse }: Corner, pull: readonly number[], level: number): Leaving | null {
  const size = held.length;
  let best: Leaving | null = null;
  for (let index = 0; index < size; index++) {
    let slope = 0;
    for (let i = 0; i < size; i++) slope += pull[i]! * inverse[i * size + index]!;
    if (held[index]! < 0) return { index, sign: slope > 0 ? -1 : 1, fall: Math.abs(slope) };
    const down = -slope - (1 - level), up = slope - level, fall = Math.max(down, up);
    if (fall > (best?.fall ?? FLAT)) best = { index, sign: down > up ? 1 : -1, fall };
  }
  return best;
}
