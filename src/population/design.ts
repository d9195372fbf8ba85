/**
 * Which pipelines an iteration draws. A balanced square is an orthogonal array of strength two: every agent
 * appears equally often and every pair of agents of two roles at most once, so that partners cancel out of an
 * agent's mean (protocol 4.4 B).
 */
import { ROLES } from "../genome/role.ts";
import type { Rng } from "../core/rng.ts";

/** Agent index per role, in the order of ROLES. */
export type Draw = readonly [number, number, number, number];

/** Pipelines drawn at most by the square. */
const MOST_DRAWN = 25;

/** Addition and multiplication of the field with 9 elements: a + b i over GF(3) with i^2 = -1, coded 3 b + a. */
const nonary = {
  add: (x: number, y: number) => (x % 3 + y % 3) % 3 + 3 * ((Math.floor(x / 3) + Math.floor(y / 3)) % 3),
  multiply: (x: number, y: number) => {
    const [a, b, c, d] = [x % 3, Math.floor(x / 3), y % 3, Math.floor(y / 3)];
    return (a * c - b * d + 9) % 3 + 3 * ((a * d + b * c) % 3);
  },
};

function field(size: number): { add(x: number, y: number): number; multiply(x: number, y: number): number } {
  if (size === 3 || size === 5) {
    return { add: (x, y) => (x + y) % size, multiply: (x, y) => (x * y) % size };
  }
  if (size === 9) return nonary;
  throw new RangeError(`Cannot draw a square as agents per role must be 3, 5 or 9: current value is ${size}`);
}

/**
 * The balanced square for `size` agents per role before labels are permuted: rows (i, j, i + j, i + 2 j) for
 * sizes 3 and 5 (9 and 25 pipelines, every cross-role pair once). For 9 a full square has 81 rows; the two
 * parallel classes with i + x j, x in {0, 1, g, g + 1}, at two values of j keep 18, every agent twice.
 */
export function square(size: number): Draw[] {
  const { add, multiply } = field(size);
  const classes = Math.min(size, Math.floor(MOST_DRAWN / size));
  const draws: Draw[] = [];
  for (let j = 0; j < classes; j++) {
    for (let i = 0; i < size; i++) {
      if (size === 9) draws.push([i, add(i, j), add(i, multiply(3, j)), add(i, multiply(4, j))]);
      else draws.push([i, j, add(i, j), add(i, multiply(2, j))]);
    }
  }
  return draws;
}

/** The square with the agents' labels permuted afresh in every role. */
export function drawSquare(size: number, random: Rng): Draw[] {
  const labels = ROLES.map(() => random.shuffle(Array.from({ length: size }, (_, i) => i)));
  return square(size).map(([a, b, c, d]) => [labels[0]![a]!, labels[1]![b]!, labels[2]![c]!, labels[3]![d]!]);
}

/** All pipelines of as many agents as are counted for each role, the last role varying fastest. */
export function grid(agents: readonly number[]): Draw[] {
  const [analysts, researchers, traders, risks] = agents as [number, number, number, number];
  const draws: Draw[] = [];
  for (let a = 0; a < analysts; a++) {
    for (let b = 0; b < researchers; b++) {
      for (let c = 0; c < traders; c++) {
        for (let d = 0; d < risks; d++) draws.push([a, b, c, d]);
      }
    }
  }
  return draws;
}

/** How many pipelines an iteration draws. */
export function drawnPipelines(kind: "square" | "grid", size: number): number {
  return kind === "grid" ? size ** ROLES.length : size * Math.min(size, Math.floor(MOST_DRAWN / size));
}

/** The pipelines of one iteration: the permuted square, or the whole grid. */
export function drawPipelines(kind: "square" | "grid", size: number, random: Rng): Draw[] {
  return kind === "grid" ? grid(ROLES.map(() => size)) : drawSquare(size, random);
}
