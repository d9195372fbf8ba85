import type { NumberTable } from "../../core/number_table.ts";
import { FILL } from "../../simulation/trace.ts";
import { meanOfDefined } from "./defined.ts";
import type { RoundTripMetrics } from "./schema.ts";

/** A position of one coin from flat to flat; a flip ends one and begins another. */
export interface RoundTrip {
  readonly coin: number;
  /** +1 long, -1 short. */
  readonly side: number;
  /** Rows of its first fill and its last. */
  readonly opened: number;
  readonly closed: number;
  /** What was entered: sum of quantity x price over the fills that opened and enlarged it, USDT. */
  readonly notional: number;
  /** Realised profit less fees and funding, USDT. */
  readonly profit: number;
}

/** Share of the largest quantity that counts as nothing left: sums of lots drift. */
const NOTHING = 1e-9;

/** Round trips in the order in which they ended, and how many positions were held after the last fill. */
export function roundTripsOf(
  fills: NumberTable,
): { readonly closed: readonly RoundTrip[]; readonly open: number } {
  interface Held {
    coin: number;
    side: number;
    opened: number;
    notional: number;
    profit: number;
    quantity: number;
    largest: number;
  }
  const held = new Map<number, Held>();
  const closed: RoundTrip[] = [];
  const { row = [], coin, kind, quantity, price, fee, realised } = fills;
  for (let i = 0; i < row.length; i++) {
    const amount = quantity![i]!, of = coin![i]!;
    const trip = held.get(of) ??
      { coin: of, side: Math.sign(amount), opened: row[i]!, notional: 0, profit: 0, quantity: 0, largest: 0 };
    held.set(of, trip);
    trip.profit += realised![i]! - fee![i]!;
    if (kind![i] === FILL.funding) continue;
    if (amount * trip.side > 0) trip.notional += Math.abs(amount) * price![i]!;
    trip.quantity += amount;
    trip.largest = Math.max(trip.largest, Math.abs(trip.quantity));
    if (Math.abs(trip.quantity) > NOTHING * trip.largest) continue;
    held.delete(of);
    const { quantity: _, largest: __, ...whole } = trip;
    closed.push({ ...whole, closed: row[i]! });
  }
  return { closed, open: held.size };
}

/** Metrics of the round trips that ended at row `from` or later, wherever they began. */
export function roundTripMetrics(fills: NumberTable, from: number): RoundTripMetrics {
  const { closed: all, open } = roundTripsOf(fills);
  const trips = all.filter(({ closed }) => closed >= from);
  const returnsOf = (some: readonly RoundTrip[]) => some.map(({ profit, notional }) => profit / notional);
  const wins = trips.filter(({ profit }) => profit > 0), losses = trips.filter(({ profit }) => profit < 0);
  return {
    closed: trips.length,
    open,
    longs: trips.filter(({ side }) => side > 0).length,
    winRate: trips.length > 0 ? wins.length / trips.length : null,
    meanReturn: meanOfDefined(returnsOf(trips)),
    meanWin: meanOfDefined(returnsOf(wins)),
    meanLoss: meanOfDefined(returnsOf(losses)),
    holding: meanOfDefined(trips.map(({ opened, closed }) => closed - opened)),
  };
}
