/** Limit orders: what rests at the exchange, by the journal, and what the book wants to rest. */
import { POSITION, positionIndex } from "../simulation/account.ts";
import { cancelResting } from "../simulation/position.ts";
import { type IntentParts, resting } from "./intents.ts";
import type { Journal, OrderRecord } from "./journal.ts";
import { FINAL } from "./order_states.ts";
import { type RunningSession, viewOf } from "./running_session.ts";

/** Limit orders that the exchange may hold. */
export function restingOf(journal: Pick<Journal, "open">): OrderRecord[] {
  return journal.open().filter(({ order }) => order.price !== null);
}

/** A limit order that is final rests in no book. */
export function followResting({ coins, book, journal }: RunningSession): void {
  for (let coin = 0; coin < coins.length; coin++) {
    const at = positionIndex(coin);
    if (book[at + POSITION.restingQuantity] === 0) continue;
    if (!restingOf(journal).some(({ order }) => order.coin === coin)) cancelResting(book, at);
  }
}

/** Cancels all that rests. */
export async function cancelAllResting(session: RunningSession): Promise<void> {
  for (const { order } of restingOf(session.journal)) await session.desk.cancel(order.clientId);
  followResting(session);
}

/** Cancels what no longer rests in the book, and sends what newly does. */
export async function keepResting(
  session: RunningSession,
  intents: IntentParts,
  until: number,
): Promise<void> {
  const { coins, journal, guards, desk, keeper, row, book } = session;
  for (let coin = 0; coin < coins.length; coin++) {
    const at = positionIndex(coin);
    // a close that found nobody has left a position: an entry the other way would close it in the entry's name
    if (book[at + POSITION.quantity]! * book[at + POSITION.restingQuantity]! < 0) cancelResting(book, at);
    const wanted = resting(intents, coin);
    for (const { order } of restingOf(journal).filter((one) => one.order.coin === coin)) {
      const same = wanted !== null && order.price === wanted.price && order.untilRow === wanted.untilRow;
      if (!same || guards.memory.state === "halted") await desk.cancel(order.clientId);
    }
    if (wanted === null || restingOf(journal).some(({ order }) => order.coin === coin)) continue;
    keeper.admit(wanted.clientId);
    const record = await desk.place(wanted, row, viewOf(session, wanted, wanted.worth, null), until);
    if (FINAL.includes(record.state) && record.filled === 0) cancelResting(book, at);
  }
}
