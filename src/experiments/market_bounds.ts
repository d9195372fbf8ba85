/**
 * Thresholds are stated for a number of markets. On fewer the same share would be another rule: 5 of 40 is no market of
 * 7. What is asked of fewer has the tail probability that the stated bound has on the stated number; on more markets the
 * stated share stands.
 */
import { binomialTail } from "../stats/binomial.ts";
import { studentCdf, studentInverse } from "../stats/student.ts";

/** A count of markets out of a number, and the probability with which chance alone counts one. */
export interface StatedBound {
  readonly count: number;
  readonly of: number;
  readonly chance: number;
}

/** Fewest markets for a positive control: below, half of them would not tell it from chance (see `controlAtLeast`). */
export const FEWEST_FOR_CONTROL = 8;

/** Room for rounding where a tail is compared with itself. */
const EQUAL = 1 + 1e-9;

/** Most markets that may be counted: more come by chance no more often than they may on the stated number. */
export function mostMarkets(markets: number, { count, of, chance }: StatedBound): number {
  if (markets >= of) return Math.floor(markets * count / of + 1e-9);
  const tail = binomialTail(count + 1, of, chance) * EQUAL;
  let most = 0;
  while (binomialTail(most + 1, markets, chance) > tail) most++;
  return most;
}

/** Fewest markets that must be counted, likewise; null if even all of them would come by chance too often. */
export function leastMarkets(markets: number, { count, of, chance }: StatedBound): number | null {
  if (markets >= of) return Math.ceil(markets * count / of - 1e-9);
  const tail = binomialTail(count, of, chance) * EQUAL;
  let least = 0;
  while (least <= markets && binomialTail(least, markets, chance) > tail) least++;
  return least <= markets ? least : null;
}

/** As `leastMarkets` for what is known to be there: null as well where a control found in half the markets would fail. */
export function controlAtLeast(markets: number, bound: StatedBound): number | null {
  return markets < FEWEST_FOR_CONTROL ? null : leastMarkets(markets, bound);
}

/** Standard errors over markets whose tail (Student) is that of `errors` over `of` markets. */
export function errorsOver(markets: number, errors: number, of: number): number {
  if (markets >= of) return errors;
  return -studentInverse(studentCdf(-errors, of - 1), markets - 1);
}
