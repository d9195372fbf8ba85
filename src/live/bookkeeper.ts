/** Books executions in the exchange's order, each once, however often and in whatever order they come. */
import type { RecordedEvent } from "../events/event.ts";
import type { Loop } from "../simulation/loop.ts";
import { type Booked, bookFill, bookFunding } from "./book.ts";
import { type Exchange, type Execution, mend, type Order } from "./exchange.ts";
import type { Journal } from "./journal.ts";

/** How far the books have come. */
export interface Bookkeeper {
  /** Sequence number of the last execution that is booked. */
  booked(): number;
  /** Coins of an order that are booked, >= 0. */
  filledOf(clientId: string): number;
  /** Allows executions of this order to be booked: what it was decided on is in the book. */
  admit(clientId: string): void;
  /**
   * Books what has happened before an instant, up to the first hole or the first order that was not admitted.
   *
   * @param all True where the orders of the bar are all placed: everything is admitted.
   * @returns True if the exchange was heard.
   */
  settle(loop: Loop, row: number, before: number, all?: boolean): Promise<boolean>;
}

/** What a bookkeeper works with. */
export interface BookkeeperParts {
  readonly exchange: Exchange;
  readonly journal: Journal;
  readonly coins: readonly string[];
  /** Sequence number of the last execution that is booked. */
  readonly booked: number;
  /** Row of the newest closed bar when the session was taken up: its orders' fills are in the book. */
  readonly since: number;
  /** True of the second half of a flip, which is one order with the first. */
  readonly isSecondHalf: (clientId: string) => boolean;
}

/** An order that the session did not make, as its fill shows it: somebody else traded the account. */
function foreign({ coin, quantity, price }: Execution, clientId: string): Order {
  const plain = { price: null, reduceOnly: false, leverage: 1, stop: 0, target: 0, untilRow: null };
  return { clientId, coin, quantity, worth: Math.abs(quantity) * price, ...plain };
}

export function bookkeeper(parts: BookkeeperParts): Bookkeeper {
  const { exchange, journal, coins, since, isSecondHalf } = parts;
  let booked = parts.booked;
  let told = journal.events().reduce(
    (most, one) => one.type === "fill" ? Math.max(most, one.sequence) : most,
    0,
  );
  const waiting = new Map<number, Execution>();
  const admitted = new Set<string>();
  const filled = new Map<string, number>();
  const counted = new Set<string>();

  const mayBook = ({ clientId }: Execution) => {
    if (clientId === null || admitted.has(clientId)) return true;
    const record = journal.order(clientId);
    return record !== null && record.row < since; // a limit order of an earlier bar
  };
  const eventOf = (one: Execution, row: number, { kind, realised }: Booked): RecordedEvent => ({
    type: "fill",
    time: one.time,
    row,
    sequence: one.sequence,
    clientId: one.clientId,
    coin: coins[one.coin]!,
    kind,
    quantity: one.quantity,
    price: one.price,
    fee: one.fee,
    feeRate: one.feeRate,
    slippage: one.slippage,
    realised,
  });
  const bookOne = (loop: Loop, row: number, one: Execution): Booked => {
    const { clientId } = one;
    if (clientId === null) return bookFill(loop, row, one, null, false);
    const first = !counted.has(clientId) && !isSecondHalf(clientId);
    counted.add(clientId);
    filled.set(clientId, (filled.get(clientId) ?? 0) + Math.abs(one.quantity));
    return bookFill(loop, row, one, journal.order(clientId)?.order ?? foreign(one, clientId), first);
  };

  return {
    booked: () => booked,
    filledOf: (clientId) => filled.get(clientId) ?? 0,
    admit: (clientId) => admitted.add(clientId),
    settle: async (loop, row, before, all = false) => {
      try {
        for (const one of await exchange.executions(booked)) waiting.set(one.sequence, one);
      } catch (error) {
        await mend(exchange, error);
        return false;
      }
      const events: RecordedEvent[] = [];
      const next = (): Execution | null => {
        const one = waiting.get(booked + 1);
        return one !== undefined && one.time < before && (all || mayBook(one)) ? one : null;
      };
      for (let one = next(); one !== null; one = next()) {
        const batch = [one];
        if (one.kind === "funding") { // one payment for all coins
          for (
            let more = waiting.get(one.sequence + 1);
            more?.kind === "funding" && more.time === one.time;
          ) {
            batch.push(more);
            more = waiting.get(more.sequence + 1);
          }
        }
        const said = one.kind === "funding" ? bookFunding(loop, batch) : [bookOne(loop, row, one)];
        batch.forEach((each, i) => {
          waiting.delete(each.sequence);
          booked = each.sequence;
          if (each.sequence > told) events.push(eventOf(each, row, said[i]!));
        });
        told = Math.max(told, booked);
      }
      if (events.length > 0) journal.write({ events });
      return true;
    },
  };
}
