/**
 * The walk for accounts that mostly wait, of one coin: wishes, closes and returns are columns, so that a row that only
 * waits costs a few numbers, and a flat account skips to the next wish at once. Every other row goes through the
 * account's own functions. Equal to `runAccount`, bit for bit, in equity and returns.
 */
import { ACCOUNT, CLOSED_BELOW, POSITION, positionIndex } from "./account.ts";
import { type Arena, BAR, BAR_WIDTH } from "./arena.ts";
import { meetsLevel } from "./exits.ts";
import type { Loop } from "./loop.ts";
import { PLAN, PLAN_WIDTH } from "./plan.ts";
import { tradeRow } from "./quiet_walk.ts";

const FIRST = positionIndex(0), BAR_ROW = BAR_WIDTH, PLAN_ROW = PLAN_WIDTH, CLOSED_SHARE = CLOSED_BELOW;
const MARK_CLOSE = BAR.markClose, CONVICTION = PLAN.conviction;
const { cash: CASH, equity: EQUITY, closed: CLOSED, startingEquity: START } = ACCOUNT;
const { quantity: QUANTITY, entry: ENTRY, liquidation: LIQUIDATION, stop: STOP, target: TARGET } = POSITION;

/** What a walk sums along the way. */
export interface Tally {
  /** Of net returns. */
  sum: number;
  /** Of their squares. */
  squares: number;
  /** Highest equity so far, USDT. */
  peak: number;
  /** Largest loss from a peak, a fraction. */
  worst: number;
}

/** Mark closes of an arena of one coin; shape [rows]. */
export function markCloses({ rows, bars }: Arena): Float64Array {
  return Float64Array.from({ length: rows }, (_, row) => bars[row * BAR_ROW + MARK_CLOSE]!);
}

/** Adds a row that closed at `value` with this return. */
export function addRow(tally: Tally, value: number, change: number): void {
  tally.sum += change;
  tally.squares += change * change;
  if (value > tally.peak) tally.peak = value;
  else if (value < (1 - tally.worst) * tally.peak) tally.worst = 1 - value / tally.peak;
}

/**
 * Runs an account of one coin through rows from .. to-1.
 *
 * @param loop Its plan holds sizes, stops and targets, and no limit orders; convictions are written into it as they
 *   are wanted. Its limits are such as `limitsNeverBlock` holds of.
 * @param wishes Convictions; shape [rows].
 * @param marks `markCloses` of the arena.
 * @param returns Net returns of the rows are written here; absolute rows.
 * @returns The first row whose wish is no conviction, of a size above 1; `to` if there is none.
 */
export function walkOneQuietly(
  loop: Loop,
  arena: Arena,
  wishes: Float64Array,
  marks: Float64Array,
  from: number,
  to: number,
  returns: Float64Array,
  tally: Tally,
): number {
  const { account, plan } = loop;
  for (let row = from; row < to; row++) {
    row = account[FIRST + QUANTITY] === 0
      ? skipFlatRows(account, wishes, row, to, returns, tally)
      : markCalmRows(account, arena, wishes, marks, row, to, returns, tally);
    if (row === to) break;
    const wish = wishes[row - 1]!, before = account[EQUITY]!;
    if (wish > 1 || wish < -1) return row - 1;
    plan[(row - 1) * PLAN_ROW + CONVICTION] = wish;
    const value = tradeRow(loop, arena, row);
    addRow(tally, value, returns[row] = before > 0 ? value / before - 1 : 0);
  }
  account[ACCOUNT.lastRow] = to - 1;
  return to;
}

/** Rows from `start` on at which a flat account wants nothing: its equity stands still. @returns The next row. */
function skipFlatRows(
  account: Float64Array,
  wishes: Float64Array,
  start: number,
  to: number,
  returns: Float64Array,
  tally: Tally,
): number {
  const cash = account[CASH]!, before = account[EQUITY]!;
  if (cash < CLOSED_SHARE * account[START]!) return start; // it closes, or is closed, by its own functions
  let row = start;
  for (; row < to && !(Math.abs(wishes[row - 1]!) > 0); row++) returns[row] = 0; // 0 and NaN want nothing
  if (row === start) return row;
  addRow(tally, cash, returns[start] = before > 0 ? cash / before - 1 : 0);
  account[EQUITY] = cash;
  return row;
}

/** Marks rows from `start` on while nothing can happen to a position. @returns The first row that was not marked, or `to`. */
function markCalmRows(
  account: Float64Array,
  { bars, settles }: Arena,
  wishes: Float64Array,
  marks: Float64Array,
  start: number,
  to: number,
  returns: Float64Array,
  tally: Tally,
): number {
  if (account[CLOSED] === 1) return start;
  const least = CLOSED_SHARE * account[START]!, cash = account[CASH]!;
  const quantity = account[FIRST + QUANTITY]!, entry = account[FIRST + ENTRY]!;
  const open = quantity > 0 && account[FIRST + LIQUIDATION]! <= 0 && account[FIRST + STOP] === 0 &&
    account[FIRST + TARGET] === 0; // nothing can end it but an order
  let { sum, squares, peak, worst } = tally;
  let before = account[EQUITY]!, row = start;
  for (; row < to; row++) {
    const wish = wishes[row - 1]!;
    if (wish === wish || settles[row] === 1) break; // NaN alone differs from itself
    if (!open && meetsLevel(account, FIRST, bars, row * BAR_ROW)) break;
    const value = cash + quantity * (marks[row]! - entry);
    if (value < least) break;
    const change = value / before - 1; // an account that is not closed was worth at least that
    returns[row] = change;
    sum += change;
    squares += change * change;
    if (value > peak) peak = value;
    else if (value < (1 - worst) * peak) worst = 1 - value / peak;
    before = value;
  }
  tally.sum = sum;
  tally.squares = squares;
  tally.peak = peak;
  tally.worst = worst;
  account[EQUITY] = before;
  return row;
}
