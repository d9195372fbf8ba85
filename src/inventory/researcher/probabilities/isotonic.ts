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
  (input: ProbabilityInput) => recalibrated(input, isotonicMap),
  {
    warmUp: 360,
    refitEvery: REFIT_EVERY,
    source: "B. Zadrozny, C. Elkan, KDD (2002) 694; M. Ayer et al. (1955)",
  },
);

function isotonicMap(said: Float64Array, outcomes: Float64Array): (p: number) => number {
  const order = [...said.keys()].sort((a, b) => Math.abs(said[a]! - .5) - Math.abs(said[b]! - .5) || a - b);
  const sure = Float64Array.from(order, (i) => Math.abs(said[i]! - .5));
  const fit = isotonicFit(Float64Array.from(order, (i) => said[i]! > .5 ? outcomes[i]! : 1 - outcomes[i]!));
  const steps = new Map<number, number>();
  for (const value of fit) steps.set(value, (steps.get(value) ?? 0) + 1);
  return (p) => {
    if (p === .5) return .5;
    const distance = Math.abs(p - .5);
    let low = 0, high = sure.length; // the first that was at least as sure
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sure[middle]! < distance) low = middle + 1;
      else high = middle;
    }
    const found = fit[Math.min(low, fit.length - 1)]!, n = steps.get(found)!;
    const share = Math.max(.5, (n * found + PRIOR / 2) / (n + PRIOR));
    return p > .5 ? share : 1 - share;
  };
}
