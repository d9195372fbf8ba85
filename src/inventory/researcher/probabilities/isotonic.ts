import { plainMethod } from "../../method.ts";
import { isotonicFit } from "../../models/probability_maps.ts";
import { REFIT_EVERY } from "../refits.ts";
import { type ProbabilityInput, type ProbabilityMethod, recalibrated } from "./probability.ts";

/** Outcomes at even odds that every step of the map is mixed with: a step of two rises is no certainty. */
const PRIOR = 20;

/**
 * A map that never falls, from |p - 1/2| to how often the said side came, fitted to past outcomes: both sides together, so
 * that it is as symmetric as distributions are and no probability crosses one half.
 */
export const isotonic: ProbabilityMethod = plainMethod(
  "A map that never falls from how sure a side was said to how often it came, fitted to past outcomes",
  (input: ProbabilityInput) => recalibrated(input, (p) => p - .5, isotonicMap),
  {
    warmUp: 360,
    refitEvery: REFIT_EVERY,
    source: "B. Zadrozny, C. Elkan, KDD (2002) 694; M. Ayer et al. (1955)",
  },
);

/** @param sides Said probabilities less one half. */
function isotonicMap(sides: Float64Array, outcomes: Float64Array): (side: number) => number {
  const n = sides.length, sure = sides.map((side) => Math.abs(side)).sort();
  const shares = stepShares(isotonicFit(bySureness(sides, outcomes, sure)));
  return (side) => {
    if (side === 0) return .5;
    const share = shares[Math.min(placeOf(sure, Math.abs(side)), n - 1)]!;
    return side > 0 ? share : 1 - share;
  };
}

/** Whether the said side came, the least sure first; equally sure ones stay in their order. */
function bySureness(sides: Float64Array, outcomes: Float64Array, sure: Float64Array): Float64Array {
  const out = new Float64Array(sides.length), taken = new Int32Array(sides.length);
  for (let i = 0; i < sides.length; i++) {
    const place = placeOf(sure, Math.abs(sides[i]!)), equals = taken[place]!;
    out[place + equals] = sides[i]! > 0 ? outcomes[i]! : 1 - outcomes[i]!;
    taken[place] = equals + 1;
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

/** A fit whose steps are mixed with the prior, each by how many outcomes it rests on; never below one half. */
function stepShares(fit: Float64Array): Float64Array {
  const out = new Float64Array(fit.length);
  for (let from = 0, to = 0; from < fit.length; from = to) {
    while (to < fit.length && fit[to] === fit[from]) to++;
    const n = to - from;
    out.fill(Math.max(.5, (n * fit[from]! + PRIOR / 2) / (n + PRIOR)), from, to);
  }
  return out;
}
