import { simpleReturns } from "../../../core/series.ts";
import type { Computation } from "../probe.ts";
import type { PlantedCheat } from "./planted_cheat.ts";

/** A hidden Markov model with two states, calm and wild, and normal returns. */
export interface TwoStates {
  /** Probability of the calm state at row 0. */
  readonly calmAtStart: number;
  /** Probabilities of staying calm and of staying wild. */
  readonly stay: readonly [number, number];
  readonly mean: readonly [number, number];
  readonly sd: readonly [number, number];
}

/**
 * Probability of the wild state at each row: filtered, from rows <= t (forward pass), or smoothed, from all
 * rows (forward-backward).
 *
 * @see L. Rabiner, Proceedings of the IEEE 77 (1989).
 */
export function wildProbability(
  returns: Float64Array,
  model: TwoStates,
  kind: "filtered" | "smoothed",
): Float64Array {
  const density = (state: 0 | 1, x: number) =>
    Math.exp(-0.5 * ((x - model.mean[state]) / model.sd[state]) ** 2) / model.sd[state];
  const wild = new Float64Array(returns.length);
  for (let t = 0, prior = 1 - model.calmAtStart; t < returns.length; t++) {
    const calmPart = (1 - prior) * density(0, returns[t]!), wildPart = prior * density(1, returns[t]!);
    wild[t] = wildPart / (calmPart + wildPart);
    prior = (1 - wild[t]!) * (1 - model.stay[0]) + wild[t]! * model.stay[1];
  }
  if (kind === "filtered") return wild;
  for (let t = returns.length - 1, calmLater = 1, wildLater = 1; t >= 0; t--) {
    const filtered = wild[t]!;
    wild[t] = filtered * wildLater / ((1 - filtered) * calmLater + filtered * wildLater);
    const calmNow = density(0, returns[t]!) * calmLater, wildNow = density(1, returns[t]!) * wildLater;
    const calm = model.stay[0] * calmNow + (1 - model.stay[0]) * wildNow;
    const other = (1 - model.stay[1]) * calmNow + model.stay[1] * wildNow;
    [calmLater, wildLater] = [calm / (calm + other), other / (calm + other)]; // only their ratio counts
  }
  return wild;
}

const MODEL: TwoStates = { calmAtStart: 0.6667, stay: [0.97, 0.94], mean: [5e-4, -8e-4], sd: [0.006, 0.018] };

function regime(kind: "filtered" | "smoothed"): Computation {
  return (panel) => ({
    series: [{ name: "wild", values: wildProbability(simpleReturns(panel.coins[0]!.close), MODEL, kind) }],
  });
}

/** CHEAT: smoothed regime probabilities. Honest: filtered ones of the same model. */
export const smoothedHmm: PlantedCheat = { cheat: regime("smoothed"), honest: regime("filtered") };
