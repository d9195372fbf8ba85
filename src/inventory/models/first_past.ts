/** Rows that are met along an edge: after how long a step, and by how much each turns the loss upwards. */
export interface Edges {
  readonly steps: Float64Array;
  readonly weights: Float64Array;
  readonly rows: Int32Array;
}

/**
 * Place of the row at which the weights of the rows met so far reach `weight`, those before it being met earlier; -1 if they never
 * do. The rows are moved about (quickselect).
 */
export function firstPast({ steps, weights, rows }: Edges, count: number, weight: number): number {
  const swap = (values: Float64Array | Int32Array, i: number, k: number) => {
    const kept = values[i]!;
    values[i] = values[k]!;
    values[k] = kept;
  };
  let low = 0, high = count - 1, wanted = weight;
  while (low <= high) {
    const pivot = steps[(low + high) >> 1]!;
    let i = low, k = high;
    while (i <= k) {
      while (steps[i]! < pivot) i++;
      while (steps[k]! > pivot) k--;
      if (i > k) break;
      swap(steps, i, k);
      swap(weights, i, k);
      swap(rows, i++, k--);
    }
    let below = 0; // rows low..k are met at the pivot or before it, k + 1 .. i - 1 at it, those from i on at it or after
    for (let j = low; j <= k; j++) below += weights[j]!;
    if (k >= low && below >= wanted) {
      if (k === low) return k;
      high = k;
      continue;
    }
    for (let j = k + 1; j < i; j++) {
      below += weights[j]!;
      if (below >= wanted) return j;
    }
    wanted -= below;
    low = i;
  }
  return -1;
}
