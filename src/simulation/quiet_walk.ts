/**
 * The event loop for accounts that mostly wait (of one coin: `quiet_walk_of_one.ts`). A row whose plan leaves every coin
 * as it is, at which no rule of equity applies, needs no decision: the account is marked, and its levels are looked at.
 * Every other row goes through the account's own functions. Equal to `runAccount`, bit for bit, in equity and returns; of
 * the account's totals, those that count rows are not kept.
 */
import { ACCOUNT, type Account, CLOSED_BELOW, POSITION, POSITION_WIDTH, positionIndex } from "./account.ts";
import { type Arena, BAR, BAR_WIDTH } from "./arena.ts";
import { decide } from "./decision.ts";
import { settleAndMark } from "./event_loop.ts";
import { meetsLevel } from "./exits.ts";
import { LIMITS, type Limits, LIMITS_WIDTH } from "./limits.ts";
import { createLoop, type Loop } from "./loop.ts";
import { fillAtOpen, settleFunding } from "./orders.ts";
import { PLAN, type Plan, PLAN_WIDTH } from "./plan.ts";
import type { AccountRecord } from "./record.ts";

const FIRST = positionIndex(0), POSITION_ROW = POSITION_WIDTH, BAR_ROW = BAR_WIDTH, PLAN_ROW = PLAN_WIDTH;
const QUANTITY = POSITION.quantity, ENTRY = POSITION.entry;
const CLOSED_SHARE = CLOSED_BELOW;
const MARK_CLOSE = BAR.markClose, CONVICTION = PLAN.conviction, CASH = ACCOUNT.cash, EQUITY = ACCOUNT.equity;

/** True if limits that are the same at every row never close or block an account. */
export function limitsNeverBlock({ values }: Limits): boolean {
  for (let at = 0; at < values.length; at += LIMITS_WIDTH) {
    if (values[at + LIMITS.maxDrawdown]! < 1 || values[at + LIMITS.dailyLoss]! < 1) return false;
  }
  return true;
}

/**
 * Runs a fresh account through rows from .. to-1, its equity and returns into the record.
 *
 * @param plan Without limit orders: nothing rests.
 * @param limits Such as `limitsNeverBlock` holds of.
 */
export function walkQuietly(
  account: Account,
  arena: Arena,
  plan: Plan,
  limits: Limits,
  from: number,
  to: number,
  record: AccountRecord,
): void {
  const loop = createLoop(account, arena, plan, limits, null);
  const { equity, returns } = record;
  for (let row = from; row < to; row++) {
    row = markCalmRows(account, arena, loop.plan, row, to, record);
    if (row === to) break;
    const before = account[EQUITY]!;
    const value = equity[row] = tradeRow(loop, row);
    returns[row] = before > 0 ? value / before - 1 : 0;
  }
  account[ACCOUNT.lastRow] = to - 1;
}

/** One row by the account's own functions, in the order of the event loop. @returns Its equity. */
export function tradeRow(loop: Loop, row: number): number {
  const { account, settles } = loop;
  const orders = decide(loop, row - 1);
  if (settles[row] === 1) settleFunding(loop, row);
  if (orders) fillAtOpen(loop, row);
  settleAndMark(loop, row);
  return account[EQUITY]!;
}

/** Marks rows from `start` on while nothing can happen at them. @returns The first row that was not marked, or `to`. */
function markCalmRows(
  account: Account,
  { coins, bars, settles }: Arena,
  plan: Float64Array,
  start: number,
  to: number,
  { equity, returns }: AccountRecord,
): number {
  const least = CLOSED_SHARE * account[ACCOUNT.startingEquity]!, cash = account[CASH]!;
  const closed = account[ACCOUNT.closed] === 1;
  let before = account[EQUITY]!, row = start;
  for (; row < to; row++) {
    let unrealised = 0, held = false, busy = false;
    for (
      let coin = 0, at = FIRST, wish = (row - 1) * coins * PLAN_ROW + CONVICTION, bar = row * coins * BAR_ROW;
      coin < coins;
      coin++, at += POSITION_ROW, wish += PLAN_ROW, bar += BAR_ROW
    ) {
      const conviction = plan[wish]!, quantity = account[at + QUANTITY]!;
      if (conviction === conviction && (conviction !== 0 || quantity !== 0)) busy = true; // NaN alone differs from itself
      if (quantity === 0) continue;
      held = true;
      if (meetsLevel(account, at, bars, bar)) busy = true;
      unrealised += quantity * (bars[bar + MARK_CLOSE]! - account[at + ENTRY]!);
    }
    const value = cash + unrealised;
    // a settlement of funding, or an account that closes, is for the account's own functions
    if (busy || (held && (closed || settles[row] === 1)) || value < least) break;
    equity[row] = value;
    returns[row] = before > 0 ? value / before - 1 : 0;
    before = value;
  }
  account[EQUITY] = before;
  return row;
}
