import type { Rng } from "../../core/rng.ts";

/** A regression tree: a node lies at index i, its branches at 2 i + 1 and 2 i + 2; a leaf has feature -1. */
export interface RegressionTree {
  readonly features: Int8Array;
  /** Rows whose feature is below this go left. */
  readonly thresholds: Float64Array;
  /** Mean label of the rows of a node. */
  readonly means: Float64Array;
}

/** How a forest is grown. */
export interface ForestSettings {
  readonly trees: number;
  /** Splits from the root to a leaf, at most 6. */
  readonly depth: number;
  /** Least rows of a leaf. */
  readonly leaf: number;
  /** Features that each tree may split on. */
  readonly features: number;
}

/** Values of a feature are told apart by so many quantiles. */
const BINS = 16;

/**
 * A random forest of regression trees: each grown on a bootstrap sample of the rows and a random subset of the features, split where
 * the sum of squares falls most. Features are cut at sixteen quantiles of the sample, so that a split costs one pass.
 *
 * @param x Row-major [n][width], at most 127 columns; without any, a forest says the mean.
 * @see L. Breiman, Machine Learning 45 (2001) 5; L. Breiman et al., Classification and Regression Trees (1984).
 */
export function growRegressionForest(
  x: Float64Array,
  y: Float64Array,
  settings: ForestSettings,
  random: Rng,
): RegressionTree[] {
  const n = y.length, width = x.length / n, edges = edgesOf(x, n, width), bins = binsOf(x, n, width, edges);
  return Array.from({ length: settings.trees }, () => {
    const rows = new Int32Array(n).map(() => random.int(n));
    const chosen = random.shuffle(Array.from({ length: width }, (_, i) => i)).slice(0, settings.features);
    return growTree(y, width, edges, bins, rows, chosen, settings);
  });
}

/** BINS - 1 quantiles of each feature, [width][BINS - 1]. */
function edgesOf(x: Float64Array, n: number, width: number): Float64Array[] {
  return Array.from({ length: width }, (_, i) => {
    const sorted = new Float64Array(n);
    for (let t = 0; t < n; t++) sorted[t] = x[t * width + i]!;
    sorted.sort();
    return Float64Array.from({ length: BINS - 1 }, (_, k) => sorted[Math.floor((k + 1) * n / BINS)]!);
  });
}

/** The number of edges at or below each value, row-major [n][width]. */
function binsOf(x: Float64Array, n: number, width: number, edges: readonly Float64Array[]): Uint8Array {
  const out = new Uint8Array(n * width);
  for (let t = 0; t < n; t++) {
    for (let i = 0; i < width; i++) {
      const own = edges[i]!, value = x[t * width + i]!;
      let bin = 0;
      while (bin < BINS - 1 && own[bin]! <= value) bin++;
      out[t * width + i] = bin;
    }
  }
  return out;
}

function growTree(
  y: Float64Array,
  width: number,
  edges: readonly Float64Array[],
  bins: Uint8Array,
  rows: Int32Array,
  chosen: readonly number[],
  { depth, leaf }: ForestSettings,
): RegressionTree {
  const nodes = 2 ** (depth + 1) - 1, sums = new Float64Array(BINS), counts = new Int32Array(BINS);
  const features = new Int8Array(nodes).fill(-1),
    thresholds = new Float64Array(nodes),
    means = new Float64Array(nodes);
  const grow = (node: number, from: number, to: number, level: number): void => {
    let total = 0;
    for (let r = from; r < to; r++) total += y[rows[r]!]!;
    means[node] = total / (to - from);
    if (level === depth || to - from < 2 * leaf) return;
    let best = 1e-12, feature = -1, edge = 0;
    for (const i of chosen) {
      sums.fill(0);
      counts.fill(0);
      for (let r = from; r < to; r++) {
        const bin = bins[rows[r]! * width + i]!;
        sums[bin] = sums[bin]! + y[rows[r]!]!;
        counts[bin] = counts[bin]! + 1;
      }
      for (let k = 0, sum = 0, count = 0; k < BINS - 1; k++) {
        sum += sums[k]!;
        count += counts[k]!;
        const rest = to - from - count, away = sum / count - (total - sum) / rest;
        if (count < leaf || rest < leaf) continue;
        const gain = away * away * count * rest / (to - from); // by which the sum of squares falls
        if (gain > best) [best, feature, edge] = [gain, i, k];
      }
    }
    if (feature < 0) return;
    let middle = from;
    for (let r = from; r < to; r++) {
      if (bins[rows[r]! * width + feature]! > edge) continue;
      const kept = rows[r]!;
      rows[r] = rows[middle]!;
      rows[middle++] = kept;
    }
    features[node] = feature;
    thresholds[node] = edges[feature]![edge]!;
    grow(2 * node + 1, from, middle, level + 1);
    grow(2 * node + 2, middle, to, level + 1);
  };
  grow(0, 0, rows.length, 0);
  return { features, thresholds, means };
}

/** Mean of what all trees say of a row at `offset` of x. */
export function predictForest(forest: readonly RegressionTree[], x: Float64Array, offset: number): number {
  let sum = 0;
  for (let k = 0; k < forest.length; k++) {
    const { features, thresholds, means } = forest[k]!;
    let node = 0;
    while (features[node]! >= 0) node = 2 * node + (x[offset + features[node]!]! < thresholds[node]! ? 1 : 2);
    sum += means[node]!;
  }
  return sum / forest.length;
}
