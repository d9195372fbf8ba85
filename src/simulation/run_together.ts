/**
 * Accounts of one plan, run block of rows by block of rows, so that the market's and the plan's rows are at hand for all
 * of them: 5 accounts of 8,400 rows one after another read 60 MB from memory, in blocks of 256 rows a fifth of it.
 */
import type { Account } from "./account.ts";
import type { Arena } from "./arena.ts";
import { runOn, walkOf } from "./event_loop.ts";
import type { ExposureRecord } from "./exposure.ts";
import type { Limits } from "./limits.ts";
import type { Plan } from "./plan.ts";
import type { AccountRecord } from "./record.ts";

/** Rows of a block: bars and plan of five coins take a third of a megabyte. */
const BLOCK_ROWS = 256;

/** One of the accounts, and what is kept of it. */
export interface AccountWalk {
  readonly account: Account;
  readonly limits: Limits;
  readonly record: AccountRecord;
}

/**
 * Runs the accounts, in place, through rows from .. to-1: each as `runAccount` does, to the same bits.
 *
 * @param exposures Where the exposures of each are kept, in the order of the walks; left out, nowhere.
 * @param inBlocks False to run one account after another.
 */
export function runTogether(
  walks: readonly AccountWalk[],
  arena: Arena,
  plan: Plan,
  from: number,
  to: number,
  exposures: readonly ExposureRecord[] | null,
  inBlocks: boolean,
): void {
  const step = inBlocks ? BLOCK_ROWS : Math.max(1, to - from);
  const begun = walks.map(({ account, limits, record }, i) => {
    const options = { adoptTeam: false, record, trace: null };
    const kept = exposures === null ? options : { ...options, exposures: exposures[i]! };
    return walkOf(account, arena, plan, limits, kept);
  });
  for (let start = from; start < to; start += step) {
    const end = Math.min(to, start + step);
    for (const walk of begun) runOn(walk, start, end);
  }
}
