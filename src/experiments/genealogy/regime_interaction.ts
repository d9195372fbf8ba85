/** Agents by regime: what is neither the agent's alone nor the regime's alone. */
import { exceedanceCount } from "../../stats/exceedance.ts";
import { correlation } from "../../stats/correlation.ts";

/** A matrix by agent and regime. */
export type ByRegime = readonly (readonly number[])[];

/**
 * Mean returns by agent and regime: each agent's less the mean of all agents in that regime (its advantage), and that less
 * the agent's mean advantage over regimes (the interaction). A regime without bars has 0.
 *
 * @param returns Net returns of each agent's teams; [agent][bars].
 * @param labels Regime of each bar, 0 .. regimes-1; shape [bars].
 */
export function interactionOf(
  returns: readonly Float64Array[],
  labels: ArrayLike<number>,
  regimes: number,
  counts: (t: number) => boolean = () => true,
): { readonly advantage: ByRegime; readonly interaction: ByRegime } {
  const means = returns.map((own) => {
    const sums = new Array<number>(regimes).fill(0), bars = new Array<number>(regimes).fill(0);
    for (let t = 0; t < own.length; t++) {
      if (!counts(t)) continue;
      sums[labels[t]!]! += own[t]!;
      bars[labels[t]!]! += 1;
    }
    return sums.map((sum, regime) => bars[regime]! > 0 ? sum / bars[regime]! : 0);
  });
  const average = (values: readonly number[]) => values.reduce((sum, one) => sum + one, 0) / values.length;
  const role = Array.from({ length: regimes }, (_, regime) => average(means.map((own) => own[regime]!)));
  const advantage = means.map((own) => own.map((value, regime) => value - role[regime]!));
  const interaction = advantage.map((own) => {
    const level = average(own);
    return own.map((value) => value - level);
  });
  return { advantage, interaction };
}

/**
 * Split-half reliability: the correlation over all cells of the interactions of two halves, r, stepped up to the whole as
 * 2r / (1 + r); an r of 0 or below stays as it is. Null where a half has none to compare.
 *
 * @param half 0 or 1 of each bar.
 * @see C. Spearman, British J. of Psychology 3 (1910) 271; W. Brown, ibid. 296.
 */
export function splitHalf(
  returns: readonly Float64Array[],
  labels: ArrayLike<number>,
  regimes: number,
  half: ArrayLike<number>,
): number | null {
  const [a, b] = [0, 1].map((one) =>
    interactionOf(returns, labels, regimes, (t) => half[t] === one).interaction.flat()
  );
  const moves = (cells: readonly number[]) => cells.some((cell) => Math.abs(cell) > 1e-15);
  if (!moves(a!) || !moves(b!)) return null;
  const r = correlation(Float64Array.from(a!), Float64Array.from(b!));
  return r > 0 ? 2 * r / (1 + r) : r;
}

/**
 * Is there more interaction than agents and regimes with such long spells have by chance? Labels are shifted round the
 * circle; p = (1 + #{shifts with at least as much}) / (1 + shifts).
 *
 * @param uniform Source of uniform numbers in (0, 1).
 */
export function interactionTest(
  returns: readonly Float64Array[],
  labels: ArrayLike<number>,
  regimes: number,
  minShift: number,
  shifts: number,
  uniform: () => number,
): number {
  const n = labels.length, moved = new Int32Array(n);
  const amount = (own: ArrayLike<number>) =>
    interactionOf(returns, own, regimes).interaction.flat().reduce((sum, cell) => sum + cell * cell, 0);
  const count = exceedanceCount(amount(labels), "a test of specialists");
  for (let draw = 0; draw < shifts; draw++) {
    const by = minShift + Math.floor(uniform() * (n - 2 * minShift + 1));
    for (let i = 0; i < n; i++) moved[i] = labels[(i + by) % n]!;
    count.add(amount(moved));
  }
  return count.p();
}
