/** Numbers as scripts state them: short ones, as in what they are shown. */
import type { TraderAnswer } from "./answer.ts";

/** Four digits that count. */
export function short(x: number): number {
  return Number(x.toPrecision(4));
}

/** Quantiles of a normal return, none below the loss of everything. @param mean A fraction. @param sd A fraction. */
export function statedQuantiles(mean: number, sd: number): TraderAnswer["quantiles"] {
  const at = (z: number) => short(Math.max(-1, mean + z * sd));
  return { p05: at(-1.645), p25: at(-0.6745), p50: at(0), p75: at(0.6745), p95: at(1.645) };
}
