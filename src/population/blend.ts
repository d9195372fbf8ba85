/**
 * The score `blend`: .4 Sharpe ratio, .3 profit, .3 hit rate. The three have units of their own, so each is
 * standardised over the teams drawn at t_k; whoever else is scored there (a hybrid with default agents, a champion
 * with one agent replaced) is standardised with the same means and sds, which keeps scores comparable and credit
 * additive.
 */
import { sharpeScore } from "./score.ts";

/** Weight of each part, in the order of `BlendParts`. */
export const BLEND_WEIGHTS = [0.4, 0.3, 0.3] as const;

/** Weighted Sharpe ratio per bar, weighted mean return per bar, and weighted hit rate. */
export type BlendParts = readonly [sharpe: number, profit: number, hitRate: number];

/** Hit rate of an account that never moved: neither right nor wrong. */
const NEITHER = 0.5;

/** A spread below this share of the largest value is rounding. */
const ROUNDING = 1e-12;

/**
 * The parts of a return series at row `at`: returns from..at weigh 2^(-(at - s) / halfLife) in all three. The hit
 * rate is the share of positive returns among those that are not 0.
 *
 * @param returns Simple returns by absolute row; reads from..at only.
 */
export function blendParts(returns: Float64Array, from: number, at: number, halfLife: number): BlendParts {
  const decay = 2 ** (-1 / halfLife);
  let weight = 0, first = 0, second = 0, up = 0, moved = 0;
  for (let s = from; s <= at; s++) {
    const r = returns[s]!;
    weight = weight * decay + 1;
    first = first * decay + r;
    second = second * decay + r * r;
    up = up * decay + (r > 0 ? 1 : 0);
    moved = moved * decay + (r !== 0 ? 1 : 0);
  }
  return [sharpeScore(first / weight, second / weight), first / weight, moved > 0 ? up / moved : NEITHER];
}

/**
 * The blend of parts, given those of the teams drawn: sum of weight x (part - mean) / sd over the drawn, sd with n in
 * the denominator. A part in which the drawn do not differ counts 0 for everyone.
 *
 * @param drawn At least one.
 */
export function blendOver(drawn: readonly BlendParts[]): (parts: BlendParts) => number {
  const scales = BLEND_WEIGHTS.map((weight, i) => {
    const values = drawn.map((parts) => parts[i]!);
    const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
    const sd = Math.sqrt(values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / values.length);
    const largest = Math.max(...values.map(Math.abs));
    return { mean, factor: sd > ROUNDING * largest ? weight / sd : 0 };
  });
  return (parts) => scales.reduce((sum, { mean, factor }, i) => sum + factor * (parts[i]! - mean), 0);
}
