import { ACCOUNT, POSITION, positionIndex } from "./account.ts";
import type { Account } from "./account.ts";
import { BAR, barIndex } from "./arena.ts";
import { type BarBook, type BarBookColumn, createBook } from "./bar_book.ts";
import { LIMITS, LIMITS_WIDTH } from "./limits.ts";
import type { Loop } from "./loop.ts";
import { PLAN, PLAN_WIDTH, planIndex } from "./plan.ts";

/** Rows of an account's life, from row `first` on; every column has shape [rows]. Rows not traded hold their start value. */
export interface AccountRecord {
  /** The row that the columns begin with; 0 where they have absolute rows. */
  readonly first: number;
  /** Equity at the close, USDT. Before the first traded row it is the starting equity. */
  readonly equity: Float64Array;
  /** Simple net return of the row; 0 where nothing was traded. */
  readonly returns: Float64Array;
  /** The whole accounting of each row, its equity included; null if it is not kept. */
  readonly book: BarBook | null;
}

/** "equity" keeps equity and returns; "full" the accounting of each row too. */
export type RecordKind = "equity" | "full";

/** A record of an account that has not traded yet, up to row `end` - 1. */
export function createRecord(
  end: number,
  startingEquity: number,
  kind: RecordKind,
  first = 0,
): AccountRecord {
  const rows = end - first;
  const book = kind === "full" ? createBook(rows) : null;
  const equity = (book ? book.equity : new Float64Array(rows)).fill(startingEquity);
  return { first, equity, returns: new Float64Array(rows), book };
}

/** The totals at the close before a row, from which `recordRow` takes what the row added. */
export interface Before {
  equity: number;
  /** The account's totals in the order of `ADDED`. */
  readonly totals: Float64Array;
  /** The book's columns in the same order; none where there is no book. Looked up once: a name costs more than a sum. */
  readonly columns: readonly Float64Array[];
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
const ADDED_AT = Int32Array.from(ADDED, ([, at]) => at);

/** The totals of an account before it trades. */
export function totalsBefore(account: Account, book: BarBook | null): Before {
  return {
    equity: account[ACCOUNT.equity]!,
    totals: Float64Array.from(ADDED_AT, (at) => account[at]!),
    columns: book === null ? [] : ADDED.map(([column]) => book[column]),
  };
}

/** Writes the row that was just marked and moves `before` on. */
export function recordRow(record: AccountRecord, before: Before, loop: Loop, row: number): void {
  const { account } = loop;
  const equity = account[ACCOUNT.equity]!, at = row - record.first;
  record.equity[at] = equity;
  record.returns[at] = before.equity > 0 ? equity / before.equity - 1 : 0;
  const { book } = record;
  if (book !== null) {
    const { totals, columns } = before;
    for (let i = 0; i < columns.length; i++) {
      const total = account[ADDED_AT[i]!]!;
      columns[i]![at] = total - totals[i]!;
      totals[i] = total;
    }
    recordPositions(book, loop, row, at);
    recordScale(book, loop, row, at);
  }
  before.equity = equity;
}

/** A drawdown factor below this counts as less than half of full size. */
const HALF = 0.5;

/** What the decision before the bar left in force. */
function recordScale(
  book: BarBook,
  { coins, account, plan, limits }: Loop,
  row: number,
  kept: number,
): void {
  let wanted = 0;
  for (let coin = 0, at = planIndex(coins, row - 1, 0); coin < coins; coin++, at += PLAN_WIDTH) {
    if (Math.abs(plan[at + PLAN.conviction]!) * plan[at + PLAN.baseSize]! > 0) wanted = 1;
  }
  const factor = account[ACCOUNT.drawdownFactor]!;
  book.wanted[kept] = wanted;
  book.halved[kept] = factor < HALF ? wanted : 0;
  book.drawdownFactor[kept] = factor;
  book.volatilityCap[kept] = account[ACCOUNT.volatilityCap]!;
  book.drawdownLimit[kept] = limits[(row - 1) * LIMITS_WIDTH + LIMITS.maxDrawdown]!;
}

function recordPositions(book: BarBook, loop: Loop, row: number, kept: number): void {
  const { coins, account, bars } = loop;
  let gross = 0, margin = 0;
  for (let coin = 0; coin < coins; coin++) {
    const at = positionIndex(coin);
    gross += Math.abs(account[at + POSITION.quantity]! * bars[barIndex(coins, row, coin) + BAR.markClose]!);
    margin += account[at + POSITION.margin]!;
  }
  const equity = account[ACCOUNT.equity]!;
  book.grossExposure[kept] = equity > 0 ? gross / equity : 0;
  book.margin[kept] = margin;
}
