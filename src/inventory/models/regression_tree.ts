/** A regression tree: a node lies at index i, its branches at 2 i + 1 and 2 i + 2; a leaf has feature -1. */
export interface RegressionTree {
  readonly features: Int8Array;
  /** Rows whose feature is below this go left. */
  readonly thresholds: Float64Array;
  /** Mean label of the rows of a node. */
  readonly means: Float64Array;
}

/** Values of a feature are told apart by so many quantiles. */
export const BINS = 16;

/** A gain is larger than another from here on: cuts that part the rows alike differ by rounding, and the first of them counts. */
const MORE = 1 + 1e-9;

/** What trees of one sample share: each feature in columns, cut into bins. */
export interface BinnedSample {
  /** Labels; [row]. */
  readonly y: Float64Array;
  /** BINS - 1 cuts of each feature, ascending; [feature]. */
  readonly edges: readonly Float64Array[];
  /** Number of cuts at or below each value; [feature][row]. */
  readonly bins: readonly Uint8Array[];
  /** What a tree is grown in, and the next one again: rows that were drawn, and labels times their weights; [row]. */
  readonly rows: Int32Array;
  readonly weighted: Float64Array;
}

/** How a tree is grown. */
export interface TreeSettings {
  /** Splits from the root to a leaf. */
  readonly depth: number;
  /** Least rows of a leaf, with repetition. */
  readonly leaf: number;
}

/** Rows and sums of labels by bin, of every feature that a tree may split on; row-major [chosen][BINS]. */
interface Histogram {
  readonly counts: Float64Array;
  readonly sums: Float64Array;
}

/**
 * Grows a tree on rows that count `weights` times: the histograms of a node are those of its parent less those of its
 * sibling, so that the smaller branch alone is walked (G. Ke et al., LightGBM, NeurIPS (2017), 2.1).
 *
 * @param weights How often each row was drawn, integers >= 0; [row].
 * @param chosen Features that may be split on; of equal gains the first wins.
 */
export function growTree(
  { y, edges, bins, rows, weighted }: BinnedSample,
  weights: Float64Array,
  chosen: readonly number[],
  { depth, leaf }: TreeSettings,
): RegressionTree {
  const nodes = 2 ** (depth + 1) - 1, n = y.length;
  const features = new Int8Array(nodes).fill(-1),
    thresholds = new Float64Array(nodes),
    means = new Float64Array(nodes);
  let size = 0;
  for (let row = 0; row < n; row++) {
    weighted[row] = weights[row]! * y[row]!;
    rows[size] = row;
    size += weights[row] === 0 ? 0 : 1;
  }

  const histogramOf = (from: number, to: number): Histogram => {
    const counts = new Float64Array(chosen.length * BINS), sums = new Float64Array(counts.length);
    for (let i = 0; i < chosen.length; i++) {
      const own = bins[chosen[i]!]!, at = i * BINS;
      for (let r = from; r < to; r++) {
        const row = rows[r]!, bin = at + own[row]!;
        sums[bin] = sums[bin]! + weighted[row]!;
        counts[bin] = counts[bin]! + weights[row]!;
      }
    }
    return { counts, sums };
  };

  const grow = (
    node: number,
    { from, to, count, total }: Branch,
    level: number,
    known: Histogram | null,
  ): void => {
    means[node] = total / count;
    if (level === depth || count < 2 * leaf) return;
    const histogram = known ?? histogramOf(from, to);
    const { place, edge, count: lower, total: below } = bestSplit(
      histogram,
      chosen.length,
      count,
      total,
      leaf,
    );
    if (place < 0) return;
    const feature = chosen[place]!, own = bins[feature]!;
    let middle = from;
    for (let r = from; r < to; r++) {
      if (own[rows[r]!]! > edge) continue;
      const kept = rows[r]!;
      rows[r] = rows[middle]!;
      rows[middle++] = kept;
    }
    features[node] = feature;
    thresholds[node] = edges[feature]![edge]!;
    const left = 2 * node + 1, right = left + 1, leftIsSmaller = middle - from < to - middle;
    const deeper = level + 1 < depth;
    const small = deeper ? leftIsSmaller ? histogramOf(from, middle) : histogramOf(middle, to) : null;
    const large = small ? lessThan(histogram, small) : null;
    const branch = { from, to: middle, count: lower, total: below };
    const other = { from: middle, to, count: count - lower, total: total - below };
    grow(left, branch, level + 1, leftIsSmaller ? small : large);
    grow(right, other, level + 1, leftIsSmaller ? large : small);
  };
  let count = 0, total = 0;
  for (let row = 0; row < n; row++) {
    count += weights[row]!;
    total += weighted[row]!;
  }
  grow(0, { from: 0, to: size, count, total }, 0, null);
  return { features, thresholds, means };
}

/** The rows of a node, with repetition, and the sum of their labels. */
interface Branch {
  readonly from: number;
  readonly to: number;
  readonly count: number;
  readonly total: number;
}

/** A cut: place among the chosen features, and what lies below it. */
interface Split {
  readonly place: number;
  readonly edge: number;
  readonly count: number;
  readonly total: number;
}

/** Where the sum of squares falls most; place -1 where no cut leaves `leaf` rows on both sides. */
function bestSplit(
  { counts, sums }: Histogram,
  places: number,
  size: number,
  total: number,
  leaf: number,
): Split {
  let best = 1e-12, place = -1, edge = 0, lower = 0, below = 0;
  for (let i = 0; i < places; i++) {
    let sum = 0, count = 0;
    for (let k = 0; k < BINS - 1; k++) {
      sum += sums[i * BINS + k]!;
      count += counts[i * BINS + k]!;
      const rest = size - count;
      if (count < leaf || rest < leaf) continue;
      const away = sum / count - (total - sum) / rest, gain = away * away * count * rest / size;
      if (gain > best * MORE) [best, place, edge, lower, below] = [gain, i, k, count, sum];
    }
  }
  return { place, edge, count: lower, total: below };
}

/** What is left of a histogram without a part of its rows; takes its memory. */
function lessThan({ counts, sums }: Histogram, part: Histogram): Histogram {
  for (let i = 0; i < sums.length; i++) {
    sums[i] = sums[i]! - part.sums[i]!;
    counts[i] = counts[i]! - part.counts[i]!;
  }
  return { counts, sums };
}
