/** What a simulated exchange remembers. */
import { createAccount } from "../simulation/account.ts";
import type { Execution, Order, OrderReport } from "./exchange.ts";

/** An order as the exchange keeps it. */
export interface KeptOrder {
  readonly order: Order;
  readonly report: OrderReport;
}

/** Where a simulated exchange stands: plain JSON. */
export interface ExchangeState {
  /** The bar under way; true in `opened` once its open has come. */
  readonly row: number;
  readonly opened: boolean;
  readonly account: readonly number[];
  readonly orders: readonly KeptOrder[];
  readonly executions: readonly Execution[];
}

/** What one call changed: orders and executions that are new or other than before, and where it stands after it. */
export type ExchangeChange = ExchangeState;

/** A state before the first bar: `from` is the first that is traded. */
export function startExchange(coins: number, cash: number, from: number): ExchangeState {
  return {
    row: from,
    opened: false,
    account: [...createAccount(coins, cash)],
    orders: [],
    executions: [],
  };
}
