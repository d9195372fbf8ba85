import { columnsOfTable, tableFromColumns } from "../core/number_table.ts";
import { type BarBook, type BookColumns, bookFromColumns, columnsOfBook, joinBooks } from "./bar_book.ts";
import { joinLedgers, type Ledger } from "./ledger.ts";

/** Bars that an account traded: their accounting, and its fills where they are listed. */
export interface TradedBars extends BarBook {
  /** Null where no fills were listed, as for a mean over accounts. */
  readonly ledger: Ledger | null;
}

/** Bars one after another; a ledger is kept if all have one. */
export function joinBars(parts: readonly TradedBars[]): TradedBars {
  const ledgers = parts.map(({ ledger }) => ledger).filter((ledger) => ledger !== null);
  return { ...joinBooks(parts), ledger: ledgers.length === parts.length ? joinLedgers(ledgers) : null };
}

const COIN = "coin.", FILL = "fill.";

/** Bars as JSON can hold them: columns by name, `coin.` and `fill.` before those of the ledger. */
export function columnsOfBars({ ledger, ...book }: TradedBars): BookColumns {
  const columns = columnsOfBook(book);
  if (!ledger) return columns;
  const { coinProfit, fills } = ledger;
  return {
    ...columns,
    ...prefixed(COIN, Object.fromEntries(coinProfit.map((profit, coin) => [coin, Array.from(profit)]))),
    ...prefixed(FILL, columnsOfTable(fills)),
  };
}

/** The bars that `columnsOfBars` wrote. */
export function barsFromColumns(columns: BookColumns): TradedBars {
  const coins = within(COIN, columns);
  const coinProfit = Object.keys(coins).map((_, coin) => Float64Array.from(coins[coin]!));
  return {
    ...bookFromColumns(columns),
    ledger: coinProfit.length === 0 ? null : { coinProfit, fills: tableFromColumns(within(FILL, columns)) },
  };
}

function prefixed(prefix: string, columns: BookColumns): BookColumns {
  return Object.fromEntries(Object.entries(columns).map(([name, column]) => [prefix + name, column]));
}

function within(prefix: string, columns: BookColumns): BookColumns {
  const found = Object.entries(columns).filter(([name]) => name.startsWith(prefix));
  return Object.fromEntries(found.map(([name, column]) => [name.slice(prefix.length), column]));
}
