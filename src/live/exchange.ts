/**
 * Port: an exchange that holds one account of USDT perpetuals, one-way positions, isolated margin. Every adapter
 * (simulated, Bybit) speaks these shapes; coins are indices into the session's coins, quantities coins, prices USDT.
 */
import type { FillKind } from "../simulation/trace.ts";

/** What is asked of an exchange. */
export interface Order {
  /** Idempotency key, at most 36 of [A-Za-z0-9_-]: an exchange takes an order of one key once. */
  readonly clientId: string;
  readonly coin: number;
  /** Signed: > 0 buys. A whole number of lots. */
  readonly quantity: number;
  /** Price of a limit order; null at market, which fills at once, whole or in part, or is cancelled. */
  readonly price: number | null;
  /** True where it may only make the position smaller. */
  readonly reduceOnly: boolean;
  /** Leverage at which what it adds is posted. */
  readonly leverage: number;
  /** Notional that the order was quoted for, USDT: both halves of a flip. */
  readonly worth: number;
  /** Distances of stop and target, fractions of the entry; 0 sets none. Of a limit order's own fill. */
  readonly stop: number;
  readonly target: number;
  /** Last bar in which a limit order may fill; null rests until it is cancelled. */
  readonly untilRow: number | null;
}

/** Where an order stands, as the exchange says. */
export type ReportState = "accepted" | "partlyFilled" | "filled" | "cancelled" | "rejected";

/** An exchange's word on one order. */
export interface OrderReport {
  readonly clientId: string;
  readonly state: ReportState;
  /** Coins filled so far, >= 0. */
  readonly filled: number;
  /** Why it was rejected or cancelled; empty otherwise. */
  readonly reason: string;
}

/** One thing that moved money. */
export interface Execution {
  /** 1, 2, 3 ... within the account, without holes: the order in which they count. */
  readonly sequence: number;
  /** ms UTC by the exchange's clock. */
  readonly time: number;
  /** Null for what the exchange did by itself: stop, target, liquidation, funding. */
  readonly clientId: string | null;
  readonly coin: number;
  /** A market order's first or later fill is "entry" whatever it did: the books know which it was. */
  readonly kind: FillKind;
  /** Signed; for funding the position that pays. */
  readonly quantity: number;
  readonly price: number;
  /** USDT. */
  readonly fee: number;
  /** Fee over notional. */
  readonly feeRate: number;
  /** Lost against the price it was sent at, USDT. */
  readonly slippage: number;
  /** What it paid, USDT: of funding alone, else 0. */
  readonly paid: number;
}

/** One coin's position as the exchange holds it. */
export interface Position {
  readonly coin: number;
  /** Signed; 0 flat. */
  readonly quantity: number;
  readonly entry: number;
}

/** The account as the exchange holds it. */
export interface Holdings {
  /** Wallet balance, USDT: without unrealised profit. */
  readonly cash: number;
  readonly positions: readonly Position[];
  /** Client ids of the orders that rest. */
  readonly resting: readonly string[];
}

/** Levels that end a position. 0 is none. */
export interface Levels {
  readonly coin: number;
  /** Price from which a stop's and target's distance is measured. */
  readonly basis: number;
  readonly stop: number;
  readonly target: number;
}

/** What a market order would fill at. */
export interface Quote {
  /** Last price, against which slippage counts. */
  readonly price: number;
  /** Mean fill price of the worth asked for. */
  readonly fill: number;
}

/** What may come of a call that is not answered. */
export type CallFault =
  /** The request may have been taken, or not. */
  | "timeout"
  /** Nothing was sent. */
  | "unreachable"
  /** The exchange takes no more requests for now. */
  | "busy"
  /** Our clock is outside the exchange's window. */
  | "clock";

/** A call that was not answered: its effect is unknown on a timeout, none otherwise. */
export class ExchangeFault extends Error {
  constructor(readonly fault: CallFault, what: string) {
    super(what);
    this.name = "ExchangeFault";
  }
}

/** The exchange of a session. Any call may throw an `ExchangeFault`. */
export interface Exchange {
  /** ms after which a request that was sent and is not known cannot be taken any more. */
  readonly window: number;
  /** ms UTC by the exchange's clock. */
  time(): Promise<number>;
  /** What a market order of `worth` USDT would fill at; direction +1 buys. */
  quote(coin: number, direction: number, worth: number): Promise<Quote>;
  /** Sends an order. The report may be of an order of the same key that it took before, unchanged. */
  submit(order: Order): Promise<OrderReport>;
  /** Cancels what rests of an order; one that is final stays as it is. Null if there is no such order. */
  cancel(clientId: string): Promise<OrderReport | null>;
  /** Looks an order up; null if the exchange never took it. */
  look(clientId: string): Promise<OrderReport | null>;
  /** Executions after that sequence number; may come twice, late or out of order, but never changed. */
  executions(after: number): Promise<readonly Execution[]>;
  /** Sets what ends a position; on a flat one nothing happens. */
  protect(levels: Levels): Promise<void>;
  holdings(): Promise<Holdings>;
}

/** Passes on what is no fault of a call; a clock outside the exchange's window is set again by asking it for the time. */
export async function mend(exchange: Pick<Exchange, "time">, error: unknown): Promise<void> {
  if (!(error instanceof ExchangeFault)) throw error;
  if (error.fault === "clock") await exchange.time().catch(() => 0); // asked again at the next fault
}
