import { readAccount, writeAccount } from "./account.ts";
import type { Arena } from "./arena.ts";
import { runAccount } from "./event_loop.ts";
import { ledgerOf } from "./ledger.ts";
import type { Mandate } from "./mandate.ts";
import { createRecord } from "./record.ts";
import { createTrace } from "./trace.ts";
import type { TradedBars } from "./traded_bars.ts";

/** Fills that a window's trace first has room for. */
const FILLS = 64;

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
): [account: number[], bars: TradedBars] {
  const deployed = readAccount(account);
  const record = createRecord(to, 0, "full", from);
  const trace = createTrace(FILLS);
  runAccount(deployed, arena, mandate.plan, mandate.limits, from, to, { adoptTeam, record, trace });
  const ledger = ledgerOf(arena, readAccount(account), trace, from, to);
  return [writeAccount(deployed), { ...record.book!, ledger }];
}
