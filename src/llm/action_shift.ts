/** Whether a change of prompt or model moves what is done, beyond the noise of asking twice. */
import { rng } from "../core/rng.ts";

/** What was done at the same decisions before a change and after it. */
export interface ShiftResult {
  /** Total variation distance of the two mean distributions of actions, in [0, 1]. */
  readonly distance: number;
  /** The distance that chance alone exceeds in 5 of 100 cases. */
  readonly floor: number;
  /** Share of relabellings with at least this distance; the real one counts. */
  readonly p: number;
  /** True if the change moves the actions beyond the noise. */
  readonly moved: boolean;
  /** Share of each action before and after; each decision counts the same. */
  readonly shares: Readonly<Record<string, { readonly before: number; readonly after: number }>>;
}

/** Relabellings that the floor is taken from. */
const DRAWS = 999;
const LEVEL = 0.05;

/**
 * Compares actions at n decisions, each asked several times before and after. If the change does nothing, then within
 * a decision all its answers are exchangeable, so the distance is compared with that of answers relabelled at random
 * within their decision: a stratified permutation test, exact whatever the decisions are.
 *
 * @param before Per decision the actions of its samples (an abstention is an action of its own); shape [n][>= 1].
 * @param after The same decisions after the change.
 * @param name Names the stream of the relabellings: the same name, the same p.
 * @throws {RangeError} If there are no decisions, the numbers differ or a decision has no sample.
 */
export function actionShift(
  before: readonly (readonly string[])[],
  after: readonly (readonly string[])[],
  name: string,
): ShiftResult {
  const isEmpty = [...before, ...after].some((samples) => samples.length === 0);
  if (before.length === 0 || before.length !== after.length || isEmpty) {
    throw new RangeError(
      `Cannot compare actions as both sides need a sample of the same decisions: ${before.length} before, ${after.length} after`,
    );
  }
  const actions = [...new Set([...before, ...after].flat())].sort();
  const sharesBefore = meanShares(before, actions), sharesAfter = meanShares(after, actions);
  const distance = halfDistance(sharesBefore, sharesAfter);
  const random = rng("actionShift", name);
  const drawn = Float64Array.from({ length: DRAWS }, () => {
    const mixed = before.map((samples, i) => random.shuffle([...samples, ...after[i]!]));
    const first = mixed.map((samples, i) => samples.slice(0, before[i]!.length));
    const second = mixed.map((samples, i) => samples.slice(before[i]!.length));
    return halfDistance(meanShares(first, actions), meanShares(second, actions));
  }).sort();
  const slack = 1e-12; // sums in another order are the same distance
  const p = (1 + drawn.filter((one) => one >= distance - slack).length) / (DRAWS + 1);
  return {
    distance,
    floor: drawn[Math.ceil((1 - LEVEL) * (DRAWS + 1)) - 1]!,
    p,
    moved: p <= LEVEL,
    shares: Object.fromEntries(
      actions.map((action, i) => [action, { before: sharesBefore[i]!, after: sharesAfter[i]! }]),
    ),
  };
}

/** Mean over decisions of the share that each action has in its samples. */
function meanShares(
  decisions: readonly (readonly string[])[],
  actions: readonly string[],
): readonly number[] {
  return actions.map((action) =>
    decisions.reduce(
      (sum, samples) => sum + samples.filter((one) => one === action).length / samples.length,
      0,
    ) / decisions.length
  );
}

function halfDistance(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, share, i) => sum + Math.abs(share - b[i]!), 0) / 2;
}
