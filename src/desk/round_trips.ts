import type { Coin } from "../core/universe.ts";
import { type RoundTrip as StoredTrip, roundTripsOf } from "../experiments/metrics/round_trips.ts";
import type { Ledger } from "../simulation/ledger.ts";
import { FILL_KINDS, type FillKind } from "../simulation/trace.ts";

/** A position from its opening to its end, as a cell reads it. Amounts in USDT. */
export interface RoundTrip
  extends Omit<StoredTrip, "coin" | "side" | "opened" | "closed" | "notional" | "end"> {
  /** Its symbol. */
  readonly coin: Coin;
  /** Which way it was held. */
  readonly side: "long" | "short";
  /** Row at whose open, or inside which, it was opened. */
  readonly openRow: number;
  /** Row in which it ended. */
  readonly closeRow: number;
  /** Profit over the value that was bought or sold to open it, a fraction. */
  readonly return: number;
  /** What ended it. */
  readonly end: FillKind;
}

/** Closed round trips in the order in which they ended. What is still open at the end is none. */
export function roundTrips({ fills }: Pick<Ledger, "fills">, coins: readonly Coin[]): RoundTrip[] {
  return roundTripsOf(fills).closed.map(({ coin, side, opened, closed, notional, end, ...trip }) => ({
    ...trip,
    coin: coins[coin]!,
    side: side > 0 ? "long" : "short",
    openRow: opened,
    closeRow: closed,
    return: trip.profit / notional,
    end: FILL_KINDS[end]!,
  }));
}
