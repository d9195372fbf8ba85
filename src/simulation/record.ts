import { ACCOUNT, POSITION, positionIndex } from "./account.ts";
import type { Account } from "./account.ts";
import { BAR, barIndex } from "./arena.ts";
import { type BarBook, type BarBookColumn, createBook } from "./bar_book.ts";
import { LIMITS, LIMITS_WIDTH } from "./limits.ts";
import type { Loop } from "./loop.ts";
import { PLAN, PLAN_WIDTH, planIndex } from "./plan.ts";

/** Rows of an account's life; every column has absolute rows, shape [rows]. Rows not traded hold their start value. */
export interface AccountRecord {
  /** Equity at the close, USDT. Before the first traded row it is the starting equity. */
  readonly equity: Float64Array;
  /** Simple net return of the row; 0 where nothing was traded. */
  readonly returns: Float64Array;
  /** The whole accounting of each row, its equity included; null if it is not kept. */
  readonly book: BarBook | null;
}

/** "equity" keeps equity and returns; "full" the accounting of each row too. */
export type RecordKind = "equity" | "full";

/** A record of an account that has not traded yet. */
export function createRecord(rows: number, startingEquity: number, kind: RecordKind): AccountRecord {
  const book = kind === "full" ? createBook(rows) : null;
  const equity = (book ? book.equity : new Float64Array(rows)).fill(startingEquity);
  return { equity, returns: new Float64Array(rows), book };
}

/** The totals at the close before a row, from which `recordRow` takes what the row added. */
export interface Before {
  equity: number;
  /** The account's totals in the order of `ADDED`. */
  readonly totals: Float64Array;
}

/** Columns that hold what a row added to a running total of the account. */
const ADDED = [
  ["fees", ACCOUNT.fees],
  ["slippage", ACCOUNT.slippage],
  ["funding", ACCOUNT.funding],
  ["tradedNotional", ACCOUNT.tradedNotional],
  ["passed", ACCOUNT.passed],
  ["softFails", ACCOUNT.softFails],
  ["hardFails", ACCOUNT.hardFails],
  ["liquidations", ACCOUNT.liquidations],
  ["paused", ACCOUNT.pausedRows],
  ["dailyBlocked", ACCOUNT.dailyBlockedRows],
  ["coolingDown", ACCOUNT.coolDownRows],
] as const satisfies readonly (readonly [BarBookColumn, number])[];

/** The totals of an account before it trades. */
export function totalsBefore(account: Account): Before {
  return { equity: account[ACCOUNT.equity]!, totals: Float64Array.from(ADDED, ([, at]) => account[at]!) };
}

/** Writes the row that was just marked and moves `before` on. */
export function recordRow(record: AccountRecord, before: Before, loop: Loop, row: number): void {
  const { account } = loop;
  const equity = account[ACCOUNT.equity]!;
  record.equity[row] = equity;
  record.returns[row] = before.equity > 0 ? equity / before.equity - 1 : 0;
  const { book } = record;
  if (book !== null) {
    for (let i = 0; i < ADDED.length; i++) {
      const [column, at] = ADDED[i]!;
      book[column][row] = account[at]! - before.totals[i]!;
      before.totals[i] = account[at]!;
    }
    recordPositions(book, loop, row);
    recordScale(book, loop, row);
  }
  before.equity = equity;
}

/** A drawdown factor below this counts as less than half of full size. */
const HALF = 0.5;

/** What the decision before the bar left in force. */
function recordScale(book: BarBook, { coins, account, plan, limits }: Loop, row: number): void {
  let wanted = 0;
  for (let coin = 0, at = planIndex(coins, row - 1, 0); coin < coins; coin++, at += PLAN_WIDTH) {
    if (Math.abs(plan[at + PLAN.conviction]!) * plan[at + PLAN.baseSize]! > 0) wanted = 1;
  }
  const factor = account[ACCOUNT.drawdownFactor]!;
  book.wanted[row] = wanted;
  book.halved[row] = factor < HALF ? wanted : 0;
  book.drawdownFactor[row] = factor;
  book.volatilityCap[row] = account[ACCOUNT.volatilityCap]!;
  book.drawdownLimit[row] = limits[(row - 1) * LIMITS_WIDTH + LIMITS.maxDrawdown]!;
}

function recordPositions(book: BarBook, loop: Loop, row: number): void {
  const { coins, account, bars } = loop;
  let gross = 0, margin = 0;
  for (let coin = 0; coin < coins; coin++) {
    const at = positionIndex(coin);
    gross += Math.abs(account[at + POSITION.quantity]! * bars[barIndex(coins, row, coin) + BAR.markClose]!);
    margin += account[at + POSITION.margin]!;
  }
  const equity = account[ACCOUNT.equity]!;
  book.grossExposure[row] = equity > 0 ? gross / equity : 0;
  book.margin[row] = margin;
}
