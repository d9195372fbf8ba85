import { ACCOUNT, type Account, readAccount, writeAccount } from "./account.ts";
import type { Arena } from "./arena.ts";
import { runAccount, type RunOptions } from "./event_loop.ts";
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

/** Costs beside trading, USDT, by the row at whose close they arise; e.g. what asking a model cost. */
export type Charges = ReadonlyMap<number, number>;
/** None. */
export const NO_CHARGES: Charges = new Map();

/** Takes what arose at the close of a row from an account that stands at it, in place. @returns What was taken, USDT. */
export function takeCharge(account: Account, charges: Charges, row: number): number {
  const charge = charges.get(row) ?? 0;
  account[ACCOUNT.cash]! -= charge;
  account[ACCOUNT.equity]! -= charge;
  return charge;
}

/**
 * Runs a deployed account on through some rows under a team's plan and limits. The account given is not changed;
 * the one after is returned with the bars' accounting. Run in one go or bar by bar, the bytes are the same.
 *
 * @param adoptTeam True if another team trades from these rows on.
 * @param charges Those that arise at rows from-1 .. to-2: each is taken from the account between its row and the next
 *   bar, in whose accounting it stands.
 */
export function tradeRows(
  arena: Arena,
  account: readonly number[],
  mandate: Mandate,
  { from, to }: Rows,
  adoptTeam: boolean,
  charges: Charges = NO_CHARGES,
): [account: number[], bars: TradedBars] {
  const deployed = readAccount(account);
  const record = createRecord(to, 0, "full", from);
  const trace = createTrace(FILLS);
  runCharged(deployed, arena, mandate, { from, to }, charges, { adoptTeam, record, trace });
  const ledger = ledgerOf(arena, readAccount(account), trace, from, to);
  return [writeAccount(deployed), { ...record.book!, ledger }];
}

/**
 * Runs an account through rows, in place, as `runAccount` does, and takes what other costs arise at the close of a row from
 * it before the next bar.
 */
export function runCharged(
  account: Account,
  arena: Arena,
  { plan, limits }: Mandate,
  { from, to }: Rows,
  charges: Charges,
  { adoptTeam, record, trace }: RunOptions,
): void {
  const cuts = [...charges.keys()].map((row) => row + 1).filter((row) => from < row && row < to);
  const starts = [from, ...cuts.sort((a, b) => a - b)];
  starts.forEach((start, i) => {
    const charge = takeCharge(account, charges, start - 1), end = starts[i + 1] ?? to;
    if (record?.book) record.book.modelCost[start - record.first] = charge;
    runAccount(account, arena, plan, limits, start, end, {
      adoptTeam: adoptTeam && start === from,
      record,
      trace,
    });
  });
}
