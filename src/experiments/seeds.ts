import { UserError } from "../core/user_error.ts";
import { MOST_SEED } from "./config.ts";

/** Seeds of one command: each is a run of its own. */
const MOST_SEEDS = 10_000;

/** Reads "1-5", "3" or "1,4,7" as ascending distinct seeds, or other counts that are called `what`. */
export function parseSeeds(text: string, what = "seeds"): number[] {
  const refuse = (rule: string, value = text) => {
    return new UserError(`Cannot read ${what} as ${rule}: current value is ${value}`);
  };
  const seeds = new Set<number>();
  for (const part of text.split(",")) {
    const match = /^\s*(\d+)(?:\s*-\s*(\d+))?\s*$/.exec(part);
    if (!match) throw refuse("they must be written 1-5 or 1,4,7");
    const first = Number(match[1]), last = Number(match[2] ?? match[1]);
    if (first > MOST_SEED || last > MOST_SEED) {
      throw refuse(`each must be an integer from 0 to ${MOST_SEED}`, part);
    }
    if (last < first) throw refuse("a range must ascend", part);
    if (seeds.size + last - first >= MOST_SEEDS) throw refuse(`there may be at most ${MOST_SEEDS}`);
    for (let seed = first; seed <= last; seed++) seeds.add(seed);
  }
  return [...seeds].sort((a, b) => a - b);
}
