/**
 * What an account is exposed to once the orders that a row decides are done: known at the row's close, before the open
 * at which they fill. Whoever copies an account (the mirrored committee) reads this, and no later row.
 */
import { ACCOUNT, type Account, POSITION, positionIndex } from "./account.ts";
import { type Arena, BAR, barIndex } from "./arena.ts";
import { decide } from "./decision.ts";
import { ACTION, createLoop, type Loop } from "./loop.ts";
import type { Mandate } from "./mandate.ts";

/** Exposures of an account at the closes of some rows. */
export interface ExposureRecord {
  /** First row that is kept; decisions before it are not. */
  readonly from: number;
  /** Signed notional over equity; row-major [rows][coin], the first row being `from`. */
  readonly values: Float64Array;
}

/** A record of `rows` rows from row `from` on. */
export function createExposures(from: number, rows: number, coins: number): ExposureRecord {
  return { from, values: new Float64Array(rows * coins) };
}

/**
 * Writes the exposures after the decision of `row`: of a coin with an order its target, of any other its position at
 * the mark close; both over the equity marked at that close. An order that rests has not filled yet and counts
 * nothing. Without equity there is no exposure.
 */
export function recordExposures({ from, values }: ExposureRecord, loop: Loop, row: number): void {
  if (row < from) return;
  const { coins, account, bars, actions, judged } = loop;
  const equity = account[ACCOUNT.equity]!, first = (row - from) * coins;
  for (let coin = 0; coin < coins; coin++) {
    const action = actions[coin]!;
    const notional = action === ACTION.none
      ? account[positionIndex(coin) + POSITION.quantity]! *
        bars[barIndex(coins, row, coin) + BAR.markClose]!
      : action === ACTION.close
      ? 0
      : judged.notional[coin]!;
    values[first + coin] = equity > 0 ? notional / equity : 0;
  }
}

/** The exposures after the decision of `row`, which may be the market's newest: taken on a copy of the account. */
export function exposuresAfter(
  account: Account,
  arena: Arena,
  { plan, limits }: Mandate,
  row: number,
): Float64Array {
  const record = createExposures(row, 1, arena.coins);
  const loop = createLoop(account.slice(), arena, plan, limits, null);
  decide(loop, row);
  recordExposures(record, loop, row);
  return record.values;
}
