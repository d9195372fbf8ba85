import { readAccount, writeAccount } from "./account.ts";
import type { Arena } from "./arena.ts";
import { type BarBook, sliceBook } from "./bar_book.ts";
import { runAccount } from "./event_loop.ts";
import type { Mandate } from "./mandate.ts";
import { createRecord } from "./record.ts";

/** Rows from..to-1, each traded by what was decided at the close before it. */
export interface Rows {
  readonly from: number;
  readonly to: number;
}

/**
 * Runs a deployed account on through some rows under a team's plan and limits. The account given is not changed;
 * the one after is returned with the bars' accounting. Run in one go or bar by bar, the bytes are the same.
 *
 * @param adoptTeam True if another team trades from these rows on.
 */
export function tradeRows(
  arena: Arena,
  account: readonly number[],
  mandate: Mandate,
  { from, to }: Rows,
  adoptTeam: boolean,
): [account: number[], book: BarBook] {
  const deployed = readAccount(account);
  const record = createRecord(to, 0, "full");
  runAccount(deployed, arena, mandate.plan, mandate.limits, from, to, { adoptTeam, record, trace: null });
  return [writeAccount(deployed), sliceBook(record.book!, from)];
}
