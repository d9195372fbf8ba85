import { normalInverse } from "../../../stats/normal.ts";

/** The smallest spread of a predictive distribution, in standardised units: prices that stand still would give 0. */
export const LEAST_SPREAD = 0.05;

/** The last `capacity` values and the same in ascending order. */
export interface RollingSample {
  /** Adds a value; the oldest leaves once the window is full. */
  push(value: number): void;
  size(): number;
  /**
   * Share of the values below x, of values and x >= 0: order statistic k of n stands for k / (n + 1), linear
   * in between and from 0 to the first, so that it is continuous, 0 at 0 and at most n / (n + 1).
   */
  shareBelow(x: number): number;
  /** The inverse of `shareBelow`: quantile at p in [0, 1], the largest value beyond n / (n + 1). NaN if empty. */
  quantile(p: number): number;
  /** Mean of the squares; NaN if empty. */
  meanSquare(): number;
}

/** A rolling sample kept sorted by binary insertion, O(log n) comparisons and one block move per value. */
export function createRollingSample(capacity: number): RollingSample {
  const ring = new Float64Array(capacity), sorted = new Float64Array(capacity);
  let size = 0, next = 0, squares = 0;

  /** Number of sorted values <= x if `inclusive`, < x if not. */
  function countBelow(x: number, inclusive: boolean): number {
    let low = 0, high = size;
    while (low < high) {
      const middle = (low + high) >> 1, value = sorted[middle]!;
      if (value < x || (inclusive && value === x)) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  function push(value: number): void {
    if (size < capacity) {
      const at = countBelow(value, false);
      sorted.copyWithin(at + 1, at, size);
      sorted[at] = value;
      size++;
      squares += value * value;
    } else {
      const leaving = ring[next]!;
      const from = countBelow(leaving, false), to = countBelow(value, false);
      if (from < to) {
        sorted.copyWithin(from, from + 1, to);
        sorted[to - 1] = value;
      } else {
        sorted.copyWithin(to + 1, to, from);
        sorted[to] = value;
      }
      squares += value * value - leaving * leaving;
    }
    ring[next] = value;
    next = (next + 1) % capacity;
    if (next === 0) { // the running sum is rebuilt once a turn, which bounds its rounding error
      squares = 0;
      for (let i = 0; i < size; i++) squares += ring[i]! * ring[i]!;
    }
  }

  function quantile(p: number): number {
    const position = p * (size + 1), count = Math.floor(position);
    if (size === 0) return NaN;
    if (count >= size) return sorted[size - 1]!;
    const below = count === 0 ? 0 : sorted[count - 1]!;
    return below + (position - count) * (sorted[count]! - below);
  }

  function shareBelow(x: number): number {
    const count = countBelow(x, true);
    if (count === size) return size / (size + 1);
    const below = count === 0 ? 0 : sorted[count - 1]!;
    return (count + (x - below) / (sorted[count]! - below)) / (size + 1);
  }

  return { push, size: () => size, quantile, shareBelow, meanSquare: () => Math.max(0, squares) / size };
}

/** Normal inverses of the quantile levels. */
export function levelScores(levels: readonly number[]): Float64Array {
  return Float64Array.from(levels, normalInverse);
}
