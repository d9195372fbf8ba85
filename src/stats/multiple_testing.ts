import { requireSeries } from "./require.ts";

/**
 * Holm's adjusted p-values: rejecting those <= alpha keeps the chance of any false rejection <= alpha,
 * whatever the dependence. In the order of the input.
 *
 * @see S. Holm, Scandinavian Journal of Statistics 6 (1979) 65.
 */
export function holm(ps: readonly number[]): number[] {
  requireSeries(ps, "corrected p-values");
  const order = ascending(ps);
  const out = new Array<number>(ps.length);
  let running = 0;
  order.forEach((at, place) => {
    running = Math.max(running, Math.min(1, (ps.length - place) * ps[at]!));
    out[at] = running;
  });
  return out;
}

/**
 * Benjamini and Hochberg's adjusted p-values: rejecting those <= alpha keeps the expected share of false
 * rejections <= alpha under independence or positive dependence. In the order of the input.
 *
 * @see Y. Benjamini, Y. Hochberg, J. Royal Statistical Society B 57 (1995) 289.
 */
export function benjaminiHochberg(ps: readonly number[]): number[] {
  const order = ascending(ps);
  const out = new Array<number>(ps.length);
  let running = 1;
  for (let place = ps.length - 1; place >= 0; place--) {
    const at = order[place]!;
    running = Math.min(running, (ps[at]! * ps.length) / (place + 1));
    out[at] = running;
  }
  return out;
}

function ascending(ps: readonly number[]): number[] {
  for (const p of ps) {
    if (!(p >= 0 && p <= 1)) {
      throw new RangeError(`Cannot adjust p-values as each must be in [0, 1]: current value is ${p}`);
    }
  }
  return ps.map((_, i) => i).sort((a, b) => ps[a]! - ps[b]!);
}
