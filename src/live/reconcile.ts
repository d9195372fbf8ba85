/** The books against the exchange's word: positions, cash and resting orders. */
import type { EventOf } from "../events/event.ts";
import { ACCOUNT, type Account, POSITION, positionIndex } from "../simulation/account.ts";
import type { Holdings } from "./exchange.ts";
import type { OrderRecord } from "./journal.ts";

/** One thing that the books and the exchange hold differently. */
export type Difference = EventOf<"reconciliation">["differences"][number];

/** USDT below which cash agrees: half a cent. */
export const CENT = 0.005;
/** Coins below which a quantity is none: finer than every lot. */
const DUST = 1e-9;

/** What the books hold. */
export interface Booked {
  /** USDT. */
  readonly cash: number;
  /** Signed, coins; [coin]. */
  readonly quantities: readonly number[];
}

/** What an account block holds. @param coins How many. */
export function bookedOf(book: Account, coins: number): Booked {
  return {
    cash: book[ACCOUNT.cash]!,
    quantities: Array.from({ length: coins }, (_, coin) => book[positionIndex(coin) + POSITION.quantity]!),
  };
}

/**
 * Everything that differs.
 *
 * @param open Orders that the exchange may have. One of which nothing is known for sure may rest there or not.
 */
export function differencesOf(
  { cash, quantities }: Booked,
  coins: readonly string[],
  open: readonly OrderRecord[],
  holdings: Holdings,
): Difference[] {
  const positions = coins.map((name, coin) => ({
    what: "position" as const,
    name,
    booked: quantities[coin]!,
    exchange: holdings.positions.find((one) => one.coin === coin)?.quantity ?? 0,
  }));
  const limits = open.filter(({ order }) => order.price !== null);
  const unsure = limits.filter(({ state }) => state === "sent" || state === "unknown")
    .map(({ order }) => order.clientId);
  const resting = limits.map(({ order }) => order.clientId).filter((id) => !unsure.includes(id));
  const ids = [...new Set([...resting, ...holdings.resting])].filter((id) => !unsure.includes(id)).sort();
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

/** Same text for differences that last: a gap in cash lasts while both sides move by the same. */
export function lastingKey(differences: readonly Difference[]): string {
  return differences.map(({ what, name, booked, exchange }) => {
    const gap = booked - exchange;
    return `${what} ${name} ${what === "cash" ? gap.toFixed(1) : gap.toPrecision(6)}`;
  }).join("; ");
}
