import type { GivenColumns } from "../../market/complete_bars.ts";
import { COLUMN_NAMES, type ColumnName } from "../../market/panel.ts";
import { CSV_HEADERS } from "./csv_columns.ts";

/** What every cell of a column must satisfy, where the file has that column. */
export interface ColumnRule {
  readonly name: ColumnName;
  readonly rule: string;
  readonly holds: (columns: GivenColumns, row: number) => boolean;
  /** Over all rows. */
  readonly breaks: (columns: GivenColumns) => Breaks;
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

/** How often a rule is broken, and where first. */
export interface Breaks {
  /** Row; -1 if it is kept. */
  readonly first: number;
  readonly count: number;
}

const KEPT: Breaks = { first: -1, count: 0 };

/** A rule that values of these columns lie in [least, most], or are 0 where that is allowed. */
function each(
  names: readonly ColumnName[],
  rule: string,
  least: number,
  most: number,
  orZero = false,
): ColumnRule[] {
  const holds = (value: number) => (value >= least && value <= most) || (orZero && value === 0);
  return names.map((name) => ({
    name,
    rule,
    holds: (columns, row) => holds(columns[name]![row]!),
    breaks: (columns) => liesIn(columns[name]!, least, most, orZero) ? KEPT : breaksOf(columns[name]!, holds),
  }));
}

/** One loop for all such rules: a call a cell costs more than reading the cell from its text. */
function liesIn(values: Float64Array, least: number, most: number, orZero: boolean): boolean {
  for (let row = 0; row < values.length; row++) {
    const value = values[row]!;
    if (!(value >= least && value <= most) && !(orZero && value === 0)) return false;
  }
  return true;
}

/** How often something does not hold of values, and where first. */
export function breaksOf(values: Float64Array, holds: (value: number, row: number) => boolean): Breaks {
  let first = -1, count = 0;
  values.forEach((value, row) => {
    if (holds(value, row)) return;
    if (first < 0) first = row;
    count++;
  });
  return { first, count };
}

/** What each cell must satisfy; the first broken rule is reported. */
export const COLUMN_RULES: readonly ColumnRule[] = [
  ...each(COLUMN_NAMES, "a cell must be a finite number", -Number.MAX_VALUE, Number.MAX_VALUE),
  ...each(PRICES, "a price must be positive", Number.MIN_VALUE, Infinity),
  ...each(AMOUNTS, "an amount must not be negative", 0, Infinity),
  ...each(
    PRICES,
    `a price must be in ${LEAST_PRICE}..${MOST_PRICE} USDT (beyond, sums and squares overflow or vanish)`,
    LEAST_PRICE,
    MOST_PRICE,
  ),
  ...each(
    AMOUNTS,
    `an amount must be 0 or in ${LEAST_AMOUNT}..${MOST_AMOUNT} (beyond, sums and squares overflow or vanish)`,
    LEAST_AMOUNT,
    MOST_AMOUNT,
    true,
  ),
  ...each(
    ["fundingRate"],
    `a funding rate is a fraction of notional and must be in [-${MOST_FUNDING}, ${MOST_FUNDING}]`,
    -MOST_FUNDING,
    MOST_FUNDING,
  ),
  ...each(["longRatio"], "a share of accounts must be in [0, 1]", 0, 1),
  ...([["high", "low"], ["markHigh", "markLow"], ["indexHigh", "indexLow"]] as const).map((
    [high, low],
  ): ColumnRule => ({
    name: high,
    rule: `${CSV_HEADERS[high]} must be at least ${CSV_HEADERS[low]}`,
    holds: (columns, row) => columns[high]![row]! >= columns[low]![row]!,
    breaks: (columns) => breaksOf(columns[high]!, (value, row) => value >= columns[low]![row]!),
  })),
];
