import { ACCOUNT, POSITION, positionIndex } from "./account.ts";
import type { Account } from "./account.ts";
import { BAR, barIndex } from "./arena.ts";
import type { Loop } from "./loop.ts";

/** Rows of an account's life; every column has absolute rows, shape [rows]. Rows not traded hold their start value. */
export interface AccountRecord {
  /** Equity at the close, USDT. Before the first traded row it is the starting equity. */
  readonly equity: Float64Array;
  /** Simple net return of the row; 0 where nothing was traded. */
  readonly returns: Float64Array;
  /** Fees and slippage, USDT: (equity change + costs) / equity before is the gross return. */
  readonly costs: Float64Array;
  readonly detail: Detail | null;
}

/** The accounting of each row. Amounts in USDT; exposures are multiples of equity at the close. */
export interface Detail {
  readonly fees: Float64Array;
  readonly slippage: Float64Array;
  readonly funding: Float64Array;
  readonly tradedNotional: Float64Array;
  readonly grossExposure: Float64Array;
  readonly netExposure: Float64Array;
}

/** "equity" keeps equity, returns and costs; "full" the accounting of each row too. */
export type RecordKind = "equity" | "full";

/** A record of an account that has not traded yet. */
export function createRecord(rows: number, startingEquity: number, kind: RecordKind): AccountRecord {
  const column = () => new Float64Array(rows);
  return {
    equity: column().fill(startingEquity),
    returns: column(),
    costs: column(),
    detail: kind === "equity" ? null : {
      fees: column(),
      slippage: column(),
      funding: column(),
      tradedNotional: column(),
      grossExposure: column(),
      netExposure: column(),
    },
  };
}

/** The totals at the close before a row, from which `recordRow` takes what the row added. */
export interface Before {
  equity: number;
  fees: number;
  slippage: number;
  funding: number;
  tradedNotional: number;
}

/** Reads the totals of an account into `before`. */
export function readBefore(account: Account, before: Before): void {
  before.equity = account[ACCOUNT.equity]!;
  before.fees = account[ACCOUNT.fees]!;
  before.slippage = account[ACCOUNT.slippage]!;
  before.funding = account[ACCOUNT.funding]!;
  before.tradedNotional = account[ACCOUNT.tradedNotional]!;
}

/** Writes the row that was just marked and moves `before` on. */
export function recordRow(record: AccountRecord, before: Before, loop: Loop, row: number): void {
  const { account } = loop;
  const equity = account[ACCOUNT.equity]!;
  const fees = account[ACCOUNT.fees]! - before.fees;
  const slippage = account[ACCOUNT.slippage]! - before.slippage;
  record.equity[row] = equity;
  record.returns[row] = before.equity > 0 ? equity / before.equity - 1 : 0;
  record.costs[row] = fees + slippage;
  if (record.detail !== null) {
    const { detail } = record;
    detail.fees[row] = fees;
    detail.slippage[row] = slippage;
    detail.funding[row] = account[ACCOUNT.funding]! - before.funding;
    detail.tradedNotional[row] = account[ACCOUNT.tradedNotional]! - before.tradedNotional;
    recordExposure(detail, loop, row);
  }
  readBefore(account, before);
}

function recordExposure(detail: Detail, loop: Loop, row: number): void {
  const { account, bars } = loop;
  const equity = account[ACCOUNT.equity]!;
  if (!(equity > 0)) return;
  let gross = 0, net = 0;
  for (let coin = 0; coin < loop.coins; coin++) {
    const value = account[positionIndex(coin) + POSITION.quantity]! *
      bars[barIndex(loop.coins, row, coin) + BAR.markClose]!;
    gross += Math.abs(value);
    net += value;
  }
  detail.grossExposure[row] = gross / equity;
  detail.netExposure[row] = net / equity;
}
