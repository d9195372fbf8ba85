import type { MethodSelection } from "./select.ts";

/** Choices that tell what an agent has come to prefer, and the part of every share that stays equal. */
const LATELY = 42, EQUAL = 0.1;

/**
 * What an agent hands on of what it learned by a row: how often it chose each method lately, a tenth of it equal shares, as
 * whoever prefers a method by 0 would never look at it again.
 *
 * @returns Shares that sum to 1, [method]; reads rows <= `row`.
 */
export function learnedShares({ chosen, choices }: MethodSelection, methods: number, row: number): number[] {
  const lately = choices.filter((at) => at <= row).slice(-LATELY);
  const counts = new Array<number>(methods).fill(0);
  for (const at of lately) counts[chosen[at]!]!++;
  return counts.map((count) => EQUAL / methods + (1 - EQUAL) * count / lately.length);
}
