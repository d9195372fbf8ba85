/** Tables of a paper session: its positions, and what each coin did. */
import { shownQuantity } from "../events/quantity.ts";
import { displayed } from "./displayed.ts";
import { count, decimal, signed } from "./format.ts";
import type { Column, Table } from "./table.ts";
import { plainText } from "./text.ts";

/** A position at a close; prices in USDT, 0 is no level. */
export interface PositionRow {
  readonly coin: string;
  /** Coins, signed. */
  readonly quantity: number;
  readonly entry: number;
  readonly mark: number;
  readonly stop: number;
  readonly target: number;
}

/** What is held, with its profit at the mark price. */
export function positionsTable(positions: readonly PositionRow[]): Table {
  const level = (price: number) => price === 0 ? "–" : priceText(price);
  return sessionTable(
    "positions",
    "Positions",
    positions.length === 0 ? "Nothing is held." : "",
    [
      left("Coin", "What is held"),
      right("Quantity", "Coins; below 0 is short"),
      right("Profit", "At the mark price, before fees, USDT"),
      right("Mark", "Mark price at the newest close, USDT"),
      right("Entry", "Average entry price, USDT"),
      right("Stop", "USDT"),
      right("Target", "USDT"),
    ],
    positions.map(({ coin, quantity, entry, mark, stop, target }) => [
      coin,
      coinsText(quantity),
      signed(quantity * (mark - entry)),
      priceText(mark),
      priceText(entry),
      level(stop),
      level(target),
    ]),
  );
}

/** What a coin did; amounts in USDT. */
export interface CoinRow {
  readonly coin: string;
  readonly fills: number;
  readonly realised: number;
  readonly fees: number;
  readonly funding: number;
  readonly slippage: number;
}

/** Fills, profit and costs by coin. */
export function coinsTable(coins: readonly CoinRow[]): Table {
  const caption = coins.length === 0
    ? "Nothing was traded."
    : "Slippage is part of the prices, so of the profit too; fees and funding come on top.";
  return sessionTable(
    "coins",
    "By coin",
    caption,
    [
      left("Coin", "What was traded"),
      right("Fills", "Trades, parts of an order each counted"),
      right("Realised", "Profit of what was closed, before fees and funding, USDT"),
      right("Fees", "Paid, USDT"),
      right("Funding", "Paid, USDT; below 0 is received"),
      right("Slippage", "Lost against the prices that orders were sent at, USDT"),
    ],
    coins.map((one) => [
      one.coin,
      count(one.fills),
      signed(one.realised),
      decimal(one.fees),
      decimal(one.funding),
      decimal(one.slippage),
    ]),
  );
}

/** A price in USDT, with decimals enough for the ticks of prices of its size. */
export function priceText(price: number): string {
  return decimal(price, price >= 1000 ? 2 : price >= 1 ? 4 : 6);
}

/** A quantity of coins, signed, with as many decimals as it has. */
export function coinsText(quantity: number): string {
  const [, decimals = ""] = shownQuantity(Math.abs(quantity)).split(".");
  return decimal(quantity, Math.min(12, decimals.length));
}

/** A column of words. */
export const left = (label: string, hint: string): Column => ({ label, align: "left", hint });
/** A column of numbers. */
export const right = (label: string, hint: string): Column => ({ label, align: "right", hint });

/** A table of a session: plain text. @param strong Whether row i is what a reader must see. */
export function sessionTable(
  name: string,
  title: string,
  caption: string,
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  strong: (i: number) => boolean = () => false,
): Table {
  return displayed({
    name,
    title,
    caption,
    columns,
    rows: rows.map((cells, i) => ({ cells: cells.map(plainText), strong: strong(i) })),
  });
}
