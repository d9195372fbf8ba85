import { UserError } from "../core/user_error.ts";

/** Reads "1-5", "3" or "1,4,7" as ascending distinct seeds. */
export function parseSeeds(text: string): number[] {
  const seeds = new Set<number>();
  for (const part of text.split(",")) {
    const match = /^\s*(\d+)(?:\s*-\s*(\d+))?\s*$/.exec(part);
    if (!match) {
      throw new UserError(`Cannot read seeds as they must be written 1-5 or 1,4,7: current value is ${text}`);
    }
    const first = Number(match[1]), last = Number(match[2] ?? match[1]);
    if (last < first || last - first > 9999) {
      throw new UserError(
        `Cannot read seeds as a range must ascend and hold at most 10000: current value is ${part}`,
      );
    }
    for (let seed = first; seed <= last; seed++) seeds.add(seed);
  }
  return [...seeds].sort((a, b) => a - b);
}
