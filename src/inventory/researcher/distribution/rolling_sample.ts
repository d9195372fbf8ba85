import { quantileOfSorted } from "./sorted_quantile.ts";

/** The last `capacity` values and the same in ascending order. */
export interface RollingSample {
  /** Adds a value; the oldest leaves once the window is full. */
  push(value: number): void;
  size(): number;
  /** Quantile at p in [0, 1] as `quantileOfSorted` takes it; NaN if empty. */
  quantile(p: number): number;
  /** Mean of the squares; NaN if empty. */
  meanSquare(): number;
}

/** A rolling sample kept sorted by binary insertion, O(log n) comparisons and one block move per value. */
export function createRollingSample(capacity: number): RollingSample {
  const ring = new Float64Array(capacity), sorted = new Float64Array(capacity);
  let size = 0, next = 0, squares = 0;

  /** Number of sorted values < x. */
  function countBelow(x: number): number {
    let low = 0, high = size;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sorted[middle]! < x) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  function push(value: number): void {
    if (size < capacity) {
      const at = countBelow(value);
      sorted.copyWithin(at + 1, at, size);
      sorted[at] = value;
      size++;
      squares += value * value;
    } else {
      const leaving = ring[next]!;
      const from = countBelow(leaving), to = countBelow(value);
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

  const quantile = (p: number) => quantileOfSorted(sorted, size, p);

  return { push, size: () => size, quantile, meanSquare: () => Math.max(0, squares) / size };
}
