import { requireSeries } from "./require.ts";

/**
 * Drawdown after each bar: the fraction of the highest compounded equity so far that is lost, >= 0. The
 * equity before the first bar counts as a high. Shape [n].
 *
 * @param returns Net return of each bar, a fraction.
 */
export function drawdowns(returns: ArrayLike<number>): Float64Array {
  requireSeries(returns, "drawdowns");
  const out = new Float64Array(returns.length);
  let equity = 1, peak = 1;
  for (let i = 0; i < returns.length; i++) {
    equity *= 1 + returns[i]!;
    peak = Math.max(peak, equity);
    out[i] = 1 - equity / peak;
  }
  return out;
}

/** Largest drawdown of compounded equity, start included; 0 if equity never fell. */
export function maxDrawdown(returns: ArrayLike<number>): number {
  let worst = 0;
  for (const lost of drawdowns(returns)) worst = Math.max(worst, lost);
  return worst;
}

/** Largest fall of the sum of returns below its highest value so far: drawdown of a constant stake. */
export function additiveDrawdown(returns: ArrayLike<number>): number {
  let sum = 0, peak = 0, worst = 0;
  for (let i = 0; i < returns.length; i++) {
    sum += returns[i]!;
    peak = Math.max(peak, sum);
    worst = Math.max(worst, peak - sum);
  }
  return worst;
}

/** Ulcer index: root mean square of the drawdowns, with the start (drawdown 0) as one of the n + 1 points. */
export function ulcerIndex(returns: ArrayLike<number>): number {
  let squares = 0;
  for (const lost of drawdowns(returns)) squares += lost * lost;
  return Math.sqrt(squares / (returns.length + 1));
}
