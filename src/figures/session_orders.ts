/** Tables of a paper session's orders and fills. */
import { formatTime } from "../core/time.ts";
import { decimal, signed } from "./format.ts";
import { coinsText, left, priceText, right, sessionTable } from "./session_tables.ts";
import type { Table } from "./table.ts";

/** What an order is, whatever became of it. */
interface OrderHead {
  readonly clientId: string;
  readonly coin: string;
  /** Coins, signed: > 0 buys. */
  readonly quantity: number;
  /** Of a limit order, USDT; null of a market order. */
  readonly price: number | null;
  /** Coins, >= 0. */
  readonly filled: number;
  readonly state: string;
}

/** An order that rests or is under way. */
export type OpenOrderRow = OrderHead;

/** An order with what became of it. */
export interface OrderRow extends OrderHead {
  /** Its newest step, ms UTC. */
  readonly time: number;
  /** Why, where it was refused, cut, rejected or cancelled. */
  readonly reason: string;
}

/** What an exchange did; see events/fill.ts. */
export interface FillRow {
  /** ms UTC. */
  readonly time: number;
  readonly coin: string;
  readonly kind: string;
  /** Coins, signed. */
  readonly quantity: number;
  /** USDT. */
  readonly price: number;
  readonly fee: number;
  readonly realised: number;
}

/** Orders that rest or are under way. */
export function openOrdersTable(orders: readonly OpenOrderRow[]): Table {
  return sessionTable(
    "open_orders",
    "Open orders",
    orders.length === 0 ? "No order rests or is under way." : "",
    [
      ...ORDER,
      left("State", "Where it stands"),
      right("Filled", "Coins so far"),
      left("Client id", "The order's name at the exchange"),
    ],
    orders.map((one) => [...orderCells(one), stateText(one.state), coinsText(one.filled), one.clientId]),
  );
}

/** The newest orders, the newest first. */
export function ordersTable(orders: readonly OrderRow[]): Table {
  return sessionTable(
    "orders",
    "Last orders",
    orders.length === 0 ? "No order yet." : "",
    [
      left("Time (UTC)", "Of its newest step"),
      ...ORDER,
      left("State", "Where it ended or stands"),
      left("Why", "Where it was refused, cut, rejected or cancelled"),
    ],
    orders.map((one) => [formatTime(one.time), ...orderCells(one), stateText(one.state), one.reason]),
  );
}

/** The newest fills, the newest first. */
export function fillsTable(fills: readonly FillRow[]): Table {
  return sessionTable(
    "fills",
    "Last fills",
    fills.length === 0 ? "Nothing was filled yet." : "",
    [
      left("Time (UTC)", "By the exchange's clock"),
      left("Coin", "What was traded"),
      left("Kind", "What it did to the position"),
      right("Quantity", "Coins; below 0 sells"),
      right("Price", "USDT"),
      right("Fee", "USDT"),
      right("Realised", "Profit before fees, USDT; funding is not listed here"),
    ],
    fills.map(({ time, coin, kind, quantity, price, fee, realised }) => [
      formatTime(time),
      coin,
      kind,
      coinsText(quantity),
      priceText(price),
      decimal(fee),
      signed(realised),
    ]),
  );
}

const ORDER = [
  left("Coin", "What is traded"),
  left("Side", "buy or sell"),
  right("Quantity", "Coins"),
  right("Price", "Of a limit order, USDT"),
];

function orderCells({ coin, quantity, price }: OrderHead): string[] {
  return [
    coin,
    quantity > 0 ? "buy" : "sell",
    coinsText(Math.abs(quantity)),
    price === null ? "market" : priceText(price),
  ];
}

/** "partlyFilled" as a person writes it. */
function stateText(state: string): string {
  return state.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}
