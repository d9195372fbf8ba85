// @ts-types="./jstat.d.ts"
import jstat from "jstat";

/** P(X >= x) of a chi-square distribution: the p-value of a statistic x >= 0. Absolute error below 1e-8. */
export function chiSquareTail(x: number, degrees: number): number {
  return x <= 0 ? 1 : Math.max(0, 1 - jstat.chisquare.cdf(x, degrees));
}
