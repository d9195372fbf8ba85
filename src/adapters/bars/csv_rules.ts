import type { GivenColumns } from "../../market/complete_bars.ts";
import { COLUMN_NAMES, type ColumnName } from "../../market/panel.ts";
import { CSV_HEADERS } from "./csv_columns.ts";

/** What every cell of a column must satisfy, where the file has that column. */
export interface ColumnRule {
  readonly name: ColumnName;
  readonly rule: string;
  readonly holds: (columns: GivenColumns, row: number) => boolean;
}

/**
 * Bounds of what any market has shown, with room: prices from a millionth of the cheapest coin to ten thousand
 * bitcoins, amounts up to a thousand times the cheapest coin's. Finite cells beyond them (1e308, 5e-324) overflow or
 * vanish in sums and squares, and a run would only die of them at its very end.
 */
const LEAST_PRICE = 1e-12, MOST_PRICE = 1e9;
const LEAST_AMOUNT = 1e-9, MOST_AMOUNT = 1e18;
/** All of the notional at one settlement; exchanges cap a rate at a few per cent. */
const MOST_FUNDING = 1;

const PRICES = COLUMN_NAMES.filter((name) => /open$|high$|low$|close$/i.test(name));
const AMOUNTS = ["volume", "turnover", "openInterest"] as const;

const each = (
  names: readonly ColumnName[],
  rule: string,
  holds: (value: number) => boolean,
): ColumnRule[] =>
  names.map((name) => ({ name, rule, holds: (columns, row) => holds(columns[name]![row]!) }));

/** What each cell must satisfy; the first broken rule is reported. */
export const COLUMN_RULES: readonly ColumnRule[] = [
  ...each(COLUMN_NAMES, "a cell must be a finite number", Number.isFinite),
  ...each(PRICES, "a price must be positive", (price) => price > 0),
  ...each(AMOUNTS, "an amount must not be negative", (amount) => amount >= 0),
  ...each(
    PRICES,
    `a price must be in ${LEAST_PRICE}..${MOST_PRICE} USDT (beyond, sums and squares overflow or vanish)`,
    (price) => price >= LEAST_PRICE && price <= MOST_PRICE,
  ),
  ...each(
    AMOUNTS,
    `an amount must be 0 or in ${LEAST_AMOUNT}..${MOST_AMOUNT} (beyond, sums and squares overflow or vanish)`,
    (amount) => amount === 0 || (amount >= LEAST_AMOUNT && amount <= MOST_AMOUNT),
  ),
  ...each(
    ["fundingRate"],
    `a funding rate is a fraction of notional and must be in [-${MOST_FUNDING}, ${MOST_FUNDING}]`,
    (rate) => Math.abs(rate) <= MOST_FUNDING,
  ),
  ...each(["longRatio"], "a share of accounts must be in [0, 1]", (share) => share >= 0 && share <= 1),
  ...([["high", "low"], ["markHigh", "markLow"], ["indexHigh", "indexLow"]] as const).map((
    [high, low],
  ): ColumnRule => ({
    name: high,
    rule: `${CSV_HEADERS[high]} must be at least ${CSV_HEADERS[low]}`,
    holds: (columns, row) => columns[high]![row]! >= columns[low]![row]!,
  })),
];
