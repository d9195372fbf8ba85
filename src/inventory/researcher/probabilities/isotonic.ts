import { plainMethod } from "../../method.ts";
import { isotonicFit } from "../../models/probability_maps.ts";
import {
  MAP_CALENDAR,
  type ProbabilityInput,
  type ProbabilityMethod,
  type ProbabilitySample,
  recalibrated,
} from "./probability.ts";

/** Outcomes at even odds that every step of the map is mixed with: a step of two rises is no certainty. */
const PRIOR = 20;

/**
 * A map that never falls, from |p - 1/2| to how often the said side came, fitted to past outcomes: both sides together, so
 * that it is as symmetric as distributions are and no probability crosses one half.
 */
export const isotonic: ProbabilityMethod = plainMethod(
  "A map that never falls from how sure a side was said to how often it came, fitted to past outcomes",
  (input: ProbabilityInput) => {
    let order: Order = {
      sure: new Float64Array(0),
      right: new Float64Array(0),
      rows: new Int32Array(0),
      newest: -1,
    };
    return recalibrated(input, (p) => p - .5, (sample) => {
      order = orderedBySureness(sample, order);
      return isotonicMap(order);
    });
  },
  {
    ...MAP_CALENDAR,
    source: "B. Zadrozny, C. Elkan, KDD (2002) 694; M. Ayer et al. (1955)",
  },
);

/** Sides that were said, the least sure first; of equals the newer row, then the earlier coin. */
interface Order {
  readonly sure: Float64Array;
  /** 1 where the said side came. */
  readonly right: Float64Array;
  readonly rows: Int32Array;
  readonly newest: number;
}

/**
 * The order of a sample from that of the one before, which it shares most of its rows with: what is too old leaves, what is new is
 * sorted by itself and merged in.
 */
function orderedBySureness({ said, outcomes, rows }: ProbabilitySample, before: Order): Order {
  const n = said.length, oldest = rows[n - 1]!, fresh: number[] = [];
  for (let i = 0; i < n && rows[i]! > before.newest; i++) fresh.push(i);
  fresh.sort((a, b) => Math.abs(said[a]!) - Math.abs(said[b]!) || a - b);
  const sure = new Float64Array(n), right = new Float64Array(n), own = new Int32Array(n);
  let at = 0, next = 0;
  const take = (i: number) => {
    sure[at] = Math.abs(said[i]!);
    right[at] = said[i]! > 0 ? outcomes[i]! : 1 - outcomes[i]!;
    own[at++] = rows[i]!;
  };
  for (let k = 0; k < before.sure.length; k++) {
    if (before.rows[k]! < oldest) continue;
    const value = before.sure[k]!;
    while (next < fresh.length && Math.abs(said[fresh[next]!]!) <= value) take(fresh[next++]!);
    sure[at] = value;
    right[at] = before.right[k]!;
    own[at++] = before.rows[k]!;
  }
  while (next < fresh.length) take(fresh[next++]!);
  return { sure, right, rows: own, newest: rows[0]! };
}

function isotonicMap({ sure, right }: Order): (side: number) => number {
  const shares = stepShares(isotonicFit(tiesTogether(sure, right))), last = sure.length - 1;
  return (side) => {
    if (side === 0) return .5;
    const share = shares[Math.min(placeOf(sure, Math.abs(side)), last)]!;
    return side > 0 ? share : 1 - share;
  };
}

/** Outcomes with those of equal sureness in falling order, which a fit that never falls must pool. */
function tiesTogether(sure: Float64Array, right: Float64Array): Float64Array {
  const out = new Float64Array(right.length);
  for (let from = 0, to = 0; from < sure.length; from = to) {
    let came = 0;
    for (; to < sure.length && sure[to] === sure[from]; to++) came += right[to]!;
    out.fill(1, from, from + came);
  }
  return out;
}

/** Place of the first ascending value that is not below `value`. */
function placeOf(ascending: Float64Array, value: number): number {
  let low = 0, high = ascending.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ascending[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * A fit whose steps are mixed with the prior, each by how many outcomes it rests on, and pooled once more: a small step is drawn
 * further to one half than a large one below it. Never below one half.
 */
function stepShares(fit: Float64Array): Float64Array {
  const ends: number[] = [], mixed: number[] = [], weights: number[] = [];
  for (let from = 0, to = 0; from < fit.length; from = to) {
    while (to < fit.length && fit[to] === fit[from]) to++;
    const n = to - from;
    ends.push(to);
    mixed.push((n * fit[from]! + PRIOR / 2) / (n + PRIOR));
    weights.push(n + PRIOR);
  }
  const out = new Float64Array(fit.length);
  isotonicFit(mixed, weights).forEach((share, i) => out.fill(Math.max(.5, share), ends[i - 1] ?? 0, ends[i]));
  return out;
}
