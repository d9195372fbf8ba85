import type { Coin } from "../core/universe.ts";
import type { Fill, FillKind } from "../simulation/trace.ts";

/** A position from its opening to its end. Amounts in USDT. */
export interface RoundTrip {
  /** Its symbol. */
  readonly coin: Coin;
  /** Which way it was held. */
  readonly side: "long" | "short";
  /** Rows at whose open, or inside which, it was opened and ended. */
  readonly openRow: number;
  /** Row in which it ended. */
  readonly closeRow: number;
  /** Largest quantity held, in coins. */
  readonly quantity: number;
  /** Mean prices of what enlarged it and of what diminished it. */
  readonly entry: number;
  /** Mean price of what diminished it. */
  readonly exit: number;
  /** Paid on all its fills. */
  readonly fees: number;
  /** Lost against the prices that its orders were sent at. */
  readonly slippage: number;
  /** Funding paid; negative if received. */
  readonly funding: number;
  /** After fees and funding. */
  readonly profit: number;
  /** Profit over the value that was bought or sold to open it, a fraction. */
  readonly return: number;
  /** What ended it. */
  readonly end: FillKind;
}

/** What a position has come to so far. */
interface Open {
  readonly side: 1 | -1;
  readonly openRow: number;
  held: number;
  quantity: number;
  opened: number;
  openedValue: number;
  closed: number;
  closedValue: number;
  fees: number;
  slippage: number;
  funding: number;
  realised: number;
}

/** A rest that is smaller than this share of the position is rounding. */
const ROUNDING = 1e-9;

/** Closed round trips in the order in which they ended. What is still open at the end is none. */
export function roundTrips(fills: readonly Fill[], coins: readonly Coin[]): RoundTrip[] {
  const open = new Map<number, Open>();
  const trips: RoundTrip[] = [];
  for (const fill of fills) {
    const { row, coin, kind, quantity, price, fee, slippage, realised } = fill;
    const at = open.get(coin);
    if (kind === "funding") {
      if (at) at.funding -= realised;
      continue;
    }
    const trip = at ?? opening(row, quantity);
    if (!at) open.set(coin, trip);
    const size = Math.abs(quantity);
    if (quantity * trip.side > 0) {
      trip.held += size;
      trip.opened += size;
      trip.openedValue += size * price;
    } else {
      trip.held -= size;
      trip.closed += size;
      trip.closedValue += size * price;
    }
    trip.quantity = Math.max(trip.quantity, trip.held);
    trip.fees += fee;
    trip.slippage += slippage;
    trip.realised += realised;
    if (trip.held > ROUNDING * trip.quantity) continue;
    open.delete(coin);
    trips.push(closed(trip, coins[coin]!, row, kind));
  }
  return trips;
}

function opening(row: number, quantity: number): Open {
  const nothing = { held: 0, quantity: 0, opened: 0, openedValue: 0, closed: 0, closedValue: 0 };
  const costs = { fees: 0, slippage: 0, funding: 0, realised: 0 };
  return { side: quantity > 0 ? 1 : -1, openRow: row, ...nothing, ...costs };
}

function closed(trip: Open, coin: Coin, closeRow: number, end: FillKind): RoundTrip {
  const { side, openRow, quantity, fees, slippage, funding } = trip;
  const profit = trip.realised - fees - funding;
  return {
    coin,
    side: side > 0 ? "long" : "short",
    openRow,
    closeRow,
    quantity,
    entry: trip.openedValue / trip.opened,
    exit: trip.closedValue / trip.closed,
    fees,
    slippage,
    funding,
    profit,
    return: profit / trip.openedValue,
    end,
  };
}
