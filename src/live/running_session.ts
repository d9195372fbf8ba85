/** A session under way: its parts, its book, and what moves while it trades. */
import { ACCOUNT, type Account, POSITION, positionIndex, readAccount } from "../simulation/account.ts";
import type { Loop } from "../simulation/loop.ts";
import { type Bookkeeper, bookkeeper } from "./bookkeeper.ts";
import { mend, type Order } from "./exchange.ts";
import { guardAsked, type GuardMemory, type OrderView } from "./guards.ts";
import { type OrderDesk, orderDesk } from "./order_desk.ts";
import type { SessionParts } from "./session_parts.ts";

/** How often, and ms apart, the exchange is asked at an open before it gets no order: ten minutes. */
const MOST_TRIES = 40, TRY_MS = 15_000;

/** The bar under way, once it has orders. */
export interface BarUnderWay {
  readonly loop: Loop;
  readonly open: number;
  /** ms UTC at which it closes. */
  readonly until: number;
}

/** A session under way. */
export interface RunningSession extends SessionParts {
  readonly coins: readonly string[];
  readonly book: Account;
  readonly desk: OrderDesk;
  readonly keeper: Bookkeeper;
  readonly guards: { memory: GuardMemory };
  /** The newest closed bar that is booked. */
  row: number;
  current: BarUnderWay | null;
}

/** Takes a session up at its journal's newest point. @throws {RangeError} If there is none. */
export function runningSession(parts: SessionParts): RunningSession {
  const { mind, exchange, journal, clock, limits } = parts;
  const point = journal.point();
  if (point === null) {
    throw new RangeError("Cannot take a session up as its journal must hold a point: it is empty");
  }
  const coins = mind.panel().coins.map(({ coin }) => coin);
  const guards = { memory: point.guards };
  return {
    ...parts,
    coins,
    guards,
    book: readAccount(point.book),
    desk: orderDesk({ exchange, journal, clock, coins, limits, guards }),
    keeper: bookkeeper({
      exchange,
      journal,
      coins,
      booked: point.booked,
      since: point.row,
      isSecondHalf: (clientId) => clientId.endsWith("o"),
    }),
    row: point.row,
    current: null,
  };
}

/** What somebody asked for counts at once. */
export function hear({ guards, asked, journal, clock, row }: RunningSession): void {
  const from = guards.memory.state, said = asked();
  if (said === null) return;
  const { memory, breach } = guardAsked(guards.memory, said);
  guards.memory = memory;
  if (breach !== null) {
    journal.write({ events: [{ type: "guard", time: clock.now(), row, from, ...breach }] });
  }
}

/** Does something at the exchange, again while it is not answered; null if it never is. */
export async function patiently<Value>(
  { exchange, clock }: RunningSession,
  ask: () => Promise<Value>,
): Promise<Value | null> {
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    try {
      return await ask();
    } catch (error) {
      await mend(exchange, error);
      await clock.wait(TRY_MS);
    }
  }
  return null;
}

/** An order as the guards look at it. @param fill Quoted; null of an order that names its price. */
export function viewOf(
  { mind, book, coins, clock }: RunningSession,
  order: Order,
  notional: number,
  fill: number | null,
): OrderView {
  const panel = mind.panel();
  const last = panel.coins[order.coin]!.close.at(-1)!;
  const gross = coins.reduce(
    (sum, _, coin) =>
      sum + Math.abs(book[positionIndex(coin) + POSITION.quantity]!) * panel.coins[coin]!.markClose.at(-1)!,
    0,
  );
  return {
    reduceOnly: order.reduceOnly,
    notional,
    grossAfter: order.reduceOnly ? gross : gross + notional,
    leverage: order.leverage,
    deviation: order.price === null && fill !== null ? fill / last - 1 : null,
    equity: book[ACCOUNT.equity]!,
    now: clock.now(),
  };
}
