import { joinColumns, type PlainColumns } from "../core/number_table.ts";

/**
 * The accounting of an account bar by bar, one column each: amounts in USDT, exposure in multiples of equity, counts.
 * Equity, exposure and margin are as of the close, factors and the limit as in force in the bar, the rest is what the bar and the decision before it added.
 */
export const BAR_BOOK_COLUMNS = [
  "equity",
  "fees",
  /** What fills lost against the price they were sent at. */
  "slippage",
  /** Funding paid; negative if received. */
  "funding",
  /** What asking language models cost: taken from the account before the bar. 0 of accounts that ask nobody. */
  "modelCost",
  "tradedNotional",
  /** Sum of absolute position values over equity. */
  "grossExposure",
  /** Isolated margin of all positions. */
  "margin",
  /** Orders placed or filled, whole or cut by risk; refusals that began; liquidations. */
  "passed",
  "softFails",
  "hardFails",
  "liquidations",
  /** 1 where the decision before the bar was blocked: by the drawdown, the daily loss, a coin that cools down. */
  "paused",
  "dailyBlocked",
  "coolingDown",
  /** 1 where the plan at the close before wanted a position; 1 where it did and the drawdown left less than one half. */
  "wanted",
  "halved",
  /** Share of full size in the bar: by the drawdown, and by the account's volatility; 1 where neither scales. */
  "drawdownFactor",
  "volatilityCap",
  /** Maximum drawdown that the risk agent at the close before declared; 1 is none. */
  "drawdownLimit",
] as const;
/** Name of a column of a bar book. */
export type BarBookColumn = (typeof BAR_BOOK_COLUMNS)[number];

/** Every column has shape [bars]. */
export type BarBook = Readonly<Record<BarBookColumn, Float64Array>>;

/** A book with one value per column name. */
export function bookOf(column: (name: BarBookColumn) => Float64Array): BarBook {
  return Object.fromEntries(BAR_BOOK_COLUMNS.map((name) => [name, column(name)])) as BarBook;
}

/** A book of zeros. */
export function createBook(bars: number): BarBook {
  return bookOf(() => new Float64Array(bars));
}

/** Bars from..to-1 of a book, copied. */
export function sliceBook(book: BarBook, from: number, to?: number): BarBook {
  return bookOf((name) => book[name].slice(from, to));
}

/** Books one after another. */
export function joinBooks(books: readonly BarBook[]): BarBook {
  return bookOf((name) => joinColumns(books.map((book) => book[name])));
}

/** A book's columns as plain arrays, by column. */
export type BookColumns = PlainColumns;

/** A book as JSON can hold it; values survive the round trip but for the sign of a zero. */
export function columnsOfBook(book: BarBook): BookColumns {
  return Object.fromEntries(BAR_BOOK_COLUMNS.map((name) => [name, Array.from(book[name])]));
}

/** The book that `columnsOfBook` wrote. */
export function bookFromColumns(columns: BookColumns): BarBook {
  return bookOf((name) => Float64Array.from(columns[name]!));
}
