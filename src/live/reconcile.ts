/** The books against the exchange's word: positions, cash and resting orders. */
import type { EventOf } from "../events/event.ts";
import { ACCOUNT, type Account, POSITION, positionIndex } from "../simulation/account.ts";
import type { Holdings } from "./exchange.ts";

/** One thing that the books and the exchange hold differently. */
export type Difference = EventOf<"reconciliation">["differences"][number];

/** USDT below which cash agrees: half a cent. */
export const CENT = 0.005;
/** Coins below which a quantity is none: finer than every lot. */
const DUST = 1e-9;

/**
 * Everything that differs.
 *
 * @param resting Client ids of the orders that the journal holds for resting.
 */
export function differencesOf(
  book: Account,
  coins: readonly string[],
  resting: readonly string[],
  holdings: Holdings,
): Difference[] {
  const cash = book[ACCOUNT.cash]!;
  const positions = coins.map((name, coin) => ({
    what: "position" as const,
    name,
    booked: book[positionIndex(coin) + POSITION.quantity]!,
    exchange: holdings.positions.find((one) => one.coin === coin)?.quantity ?? 0,
  }));
  const ids = [...new Set([...resting, ...holdings.resting])].sort();
  const orders = ids.map((name) => ({
    what: "order" as const,
    name,
    booked: Number(resting.includes(name)),
    exchange: Number(holdings.resting.includes(name)),
  }));
  const apart = (least: number) => ({ booked, exchange }: Difference) =>
    !(Math.abs(booked - exchange) <= least);
  return [
    ...[{ what: "cash" as const, name: "USDT", booked: cash, exchange: holdings.cash }].filter(apart(CENT)),
    ...positions.filter(apart(DUST)),
    ...orders.filter(apart(0)),
  ];
}
