import type { Rng } from "../../core/rng.ts";

/**
 * A forest of isolation trees. A node lies at index i, its branches at 2 i + 1 and 2 i + 2; a leaf has feature -1 and holds
 * how many rows of the sample ended in it, as the path that they would still have needed.
 */
export interface IsolationForest {
  /** [trees][nodes]. */
  readonly features: readonly Int8Array[];
  /** Where a node splits, or the rest of the path of a leaf; [trees][nodes]. */
  readonly values: readonly Float64Array[];
  /** Rows that each tree was grown on. */
  readonly sample: number;
}

const EULER = .5772156649015329;

/** Mean path length of an unsuccessful search in a binary tree of n rows: what paths are measured by. */
export function meanPath(n: number): number {
  return n > 2 ? 2 * (Math.log(n - 1) + EULER) - 2 * (n - 1) / n : n === 2 ? 1 : 0;
}

/** Anomaly score of a mean path in a forest grown on samples of n rows: 2^(-path / c(n)); near 1 anomalous, .5 usual. */
export function anomalyScore(path: number, n: number): number {
  return Math.pow(2, -path / meanPath(n));
}

/**
 * Grows a forest on rows of a table, each tree on a sample without replacement, to the depth at which a sample of that size
 * is expected to be told apart.
 *
 * @param table Row-major [rows][width].
 * @see F. T. Liu, K. M. Ting, Z.-H. Zhou, Isolation Forest, ICDM (2008).
 */
export function growForest(
  table: Float64Array,
  width: number,
  trees: number,
  sample: number,
  random: Rng,
): IsolationForest {
  const rows = table.length / width,
    size = Math.min(sample, rows),
    depth = Math.max(1, Math.ceil(Math.log2(size)));
  const features: Int8Array[] = [],
    values: Float64Array[] = [],
    order = Int32Array.from({ length: rows }, (_, i) => i);
  for (let tree = 0; tree < trees; tree++) {
    for (let i = 0; i < size; i++) { // the first of a shuffle
      const k = i + random.int(rows - i), kept = order[i]!;
      order[i] = order[k]!;
      order[k] = kept;
    }
    const feature = new Int8Array(2 ** (depth + 1) - 1).fill(-1), value = new Float64Array(feature.length);
    const grow = (node: number, from: number, to: number, level: number): void => {
      const split = level < depth && to - from > 1
        ? chooseSplit(table, width, order, from, to, random)
        : null;
      if (split === null) {
        value[node] = meanPath(to - from);
        return;
      }
      let middle = from;
      for (let i = from; i < to; i++) {
        if (table[order[i]! * width + split.feature]! >= split.value) continue;
        const kept = order[i]!;
        order[i] = order[middle]!;
        order[middle++] = kept;
      }
      feature[node] = split.feature;
      value[node] = split.value;
      grow(2 * node + 1, from, middle, level + 1);
      grow(2 * node + 2, middle, to, level + 1);
    };
    grow(0, 0, size, 0);
    features.push(feature);
    values.push(value);
  }
  return { features, values, sample: size };
}

/** A feature that differs within the rows and a value between its least and largest; null if all rows are alike. */
function chooseSplit(
  table: Float64Array,
  width: number,
  order: Int32Array,
  from: number,
  to: number,
  random: Rng,
): { readonly feature: number; readonly value: number } | null {
  const first = random.int(width);
  for (let k = 0; k < width; k++) {
    const feature = (first + k) % width;
    let least = Infinity, most = -Infinity;
    for (let i = from; i < to; i++) {
      const value = table[order[i]! * width + feature]!;
      if (value < least) least = value;
      if (value > most) most = value;
    }
    if (most > least) return { feature, value: most - random.uniform() * (most - least) };
  }
  return null;
}

/** Mean path of one row through all trees. */
export function pathOf({ features, values }: IsolationForest, table: Float64Array, offset: number): number {
  let total = 0;
  for (let tree = 0; tree < features.length; tree++) {
    const feature = features[tree]!, value = values[tree]!;
    let node = 0, depth = 0;
    for (; feature[node]! >= 0; depth++) {
      node = 2 * node + (table[offset + feature[node]!]! < value[node]! ? 1 : 2);
    }
    total += depth + value[node]!;
  }
  return total / features.length;
}
