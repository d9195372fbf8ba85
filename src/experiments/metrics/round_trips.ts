import type { NumberTable } from "../../core/number_table.ts";
import { FILL } from "../../simulation/trace.ts";
import { meanOfDefined } from "./defined.ts";
import type { RoundTripMetrics } from "./schema.ts";

/** A position of one coin from flat to flat; a flip ends one and begins another. Amounts in USDT. */
export interface RoundTrip {
  /** Its index. */
  readonly coin: number;
  /** +1 long, -1 short. */
  readonly side: number;
  /** Row of its first fill. */
  readonly opened: number;
  /** Row of its last. */
  readonly closed: number;
  /** Largest quantity held, in coins. */
  readonly quantity: number;
  /** What was entered: sum of quantity x price over the fills that opened and enlarged it. */
  readonly notional: number;
  /** Mean price of those fills. */
  readonly entry: number;
  /** Mean price of those that diminished it. */
  readonly exit: number;
  /** Paid on all its fills. */
  readonly fees: number;
  /** Lost against the prices that its orders were sent at. */
  readonly slippage: number;
  /** Funding paid; negative if received. */
  readonly funding: number;
  /** Realised profit less fees and funding. */
  readonly profit: number;
  /** What ended it, an index into FILL_KINDS. */
  readonly end: number;
}

/** Share of the largest quantity that counts as nothing left: sums of lots drift. */
const NOTHING = 1e-9;

/** What a position has come to so far. */
interface Held {
  readonly coin: number;
  readonly side: number;
  readonly opened: number;
  left: number;
  largest: number;
  entered: number;
  notional: number;
  exited: number;
  proceeds: number;
  fees: number;
  slippage: number;
  funding: number;
  profit: number;
}

/** Round trips in the order in which they ended, and how many positions were held after the last fill. */
export function roundTripsOf(
  fills: NumberTable,
): { readonly closed: readonly RoundTrip[]; readonly open: number } {
  const held = new Map<number, Held>();
  const closed: RoundTrip[] = [];
  const { row = [], coin, kind, quantity, price, fee, slippage, realised } = fills;
  for (let i = 0; i < row.length; i++) {
    const amount = quantity![i]!, of = coin![i]!;
    const trip = held.get(of) ?? flat(of, Math.sign(amount), row[i]!);
    held.set(of, trip);
    trip.profit += realised![i]! - fee![i]!;
    if (kind![i] === FILL.funding) {
      trip.funding -= realised![i]!;
      continue;
    }
    trip.fees += fee![i]!;
    trip.slippage += slippage![i]!;
    const size = Math.abs(amount);
    if (amount * trip.side > 0) {
      trip.entered += size;
      trip.notional += size * price![i]!;
    } else {
      trip.exited += size;
      trip.proceeds += size * price![i]!;
    }
    trip.left += amount;
    trip.largest = Math.max(trip.largest, Math.abs(trip.left));
    if (Math.abs(trip.left) > NOTHING * trip.largest) continue;
    held.delete(of);
    closed.push(ended(trip, row[i]!, kind![i]!));
  }
  return { closed, open: held.size };
}

function flat(coin: number, side: number, opened: number): Held {
  const quantities = { left: 0, largest: 0, entered: 0, notional: 0, exited: 0, proceeds: 0 };
  return { coin, side, opened, ...quantities, fees: 0, slippage: 0, funding: 0, profit: 0 };
}

function ended(
  { left: _, largest, entered, exited, proceeds, ...trip }: Held,
  closed: number,
  end: number,
): RoundTrip {
  return { ...trip, closed, end, quantity: largest, entry: trip.notional / entered, exit: proceeds / exited };
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
