import { requireSameLength } from "./require.ts";

/**
 * Entropy of a distribution in nats, 0..ln n.
 *
 * @throws {RangeError} If a share is negative or NaN.
 */
export function entropy(distribution: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < distribution.length; i++) {
    const p = distribution[i]!;
    if (!(p >= 0)) throw refusal("an entropy", i, p);
    if (p > 0) sum -= p * Math.log(p);
  }
  return sum;
}

/**
 * Jensen-Shannon divergence of two distributions over the same outcomes, in nats: 0 if equal, ln 2 if
 * they share no outcome.
 *
 * @throws {RangeError} If a share is negative or NaN.
 * @see J. Lin, IEEE Transactions on Information Theory 37 (1991) 145.
 */
export function jensenShannon(a: ArrayLike<number>, b: ArrayLike<number>): number {
  requireSameLength(a, b, "a Jensen-Shannon divergence");
  let sum = 0;
  for (let i = 0; i < a.length; i++) {
    const p = a[i]!, q = b[i]!, middle = (p + q) / 2;
    if (!(p >= 0 && q >= 0)) throw refusal("a Jensen-Shannon divergence", i, p >= 0 ? q : p);
    if (p > 0) sum += (p * Math.log(p / middle)) / 2;
    if (q > 0) sum += (q * Math.log(q / middle)) / 2;
  }
  return Math.max(0, sum);
}

function refusal(what: string, place: number, share: number): RangeError {
  return new RangeError(
    `Cannot compute ${what} as every share must be >= 0: current value at ${place} is ${share}`,
  );
}
