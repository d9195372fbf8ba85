import type { Rng } from "../../core/rng.ts";
import {
  type BinnedSample,
  BINS,
  growTree,
  type RegressionTree,
  type TreeSettings,
} from "./regression_tree.ts";

/** How a forest is grown; splits from the root to a leaf are 6 at most. */
export interface ForestSettings extends TreeSettings {
  readonly trees: number;
  /** Features that each tree may split on. */
  readonly features: number;
}

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
  const n = y.length, width = x.length / n, sample = binnedSample(x, y, width);
  const features = Array.from({ length: width }, (_, i) => i), weights = new Float64Array(n);
  return Array.from({ length: settings.trees }, () => {
    weights.fill(0);
    for (let draw = 0; draw < n; draw++) {
      const row = random.int(n);
      weights[row] = weights[row]! + 1;
    }
    return growTree(sample, weights, random.shuffle(features).slice(0, settings.features), settings);
  });
}

/** A sample in columns, cut at the BINS - 1 quantiles of each. */
function binnedSample(x: Float64Array, y: Float64Array, width: number): BinnedSample {
  const n = y.length, edges: Float64Array[] = [], bins: Uint8Array[] = [];
  for (let i = 0; i < width; i++) {
    const column = new Float64Array(n);
    for (let t = 0; t < n; t++) column[t] = x[t * width + i]!;
    const sorted = column.slice().sort(), cuts = new Float64Array(BINS - 1), places = new Uint8Array(n);
    for (let k = 0; k < BINS - 1; k++) cuts[k] = sorted[Math.floor((k + 1) * n / BINS)]!;
    for (let t = 0; t < n; t++) { // by halving: the sixteen bins are told apart by four comparisons
      const value = column[t]!;
      let bin = cuts[7]! <= value ? 8 : 0;
      if (cuts[bin + 3]! <= value) bin += 4;
      if (cuts[bin + 1]! <= value) bin += 2;
      if (cuts[bin]! <= value) bin += 1;
      places[t] = bin;
    }
    edges.push(cuts);
    bins.push(places);
  }
  return { y, edges, bins, rows: new Int32Array(n), weighted: new Float64Array(n) };
}

/** Mean of what all trees say of rows from..until-1 of x, row-major [rows][width]; shape [until - from]. */
export function predictForest(
  forest: readonly RegressionTree[],
  x: Float64Array,
  width: number,
  from: number,
  until: number,
): Float64Array {
  const out = new Float64Array(until - from);
  for (const { features, thresholds, means } of forest) {
    for (let s = from; s < until; s++) {
      let node = 0;
      for (let feature = features[0]!; feature >= 0; feature = features[node]!) {
        node = 2 * node + (x[s * width + feature]! < thresholds[node]! ? 1 : 2);
      }
      out[s - from] = out[s - from]! + means[node]!;
    }
  }
  for (let i = 0; i < out.length; i++) out[i] = out[i]! / forest.length;
  return out;
}
