import { type CoinBars, COLUMN_NAMES, type ColumnName } from "../../market/panel.ts";
import { CSV_HEADERS } from "./csv_columns.ts";

/** What every cell of a column must satisfy. */
export interface ColumnRule {
  readonly name: ColumnName;
  readonly rule: string;
  readonly holds: (bars: CoinBars, row: number) => boolean;
}

const PRICES = COLUMN_NAMES.filter((name) => /open$|high$|low$|close$/i.test(name));
const AMOUNTS = ["volume", "turnover", "openInterest"] as const;

/** What each cell must satisfy; the first broken rule is reported. */
export const COLUMN_RULES: readonly ColumnRule[] = [
  ...COLUMN_NAMES.map((name): ColumnRule => ({
    name,
    rule: "a cell must be a finite number",
    holds: (bars, row) => Number.isFinite(bars[name][row]),
  })),
  ...PRICES.map((name): ColumnRule => ({
    name,
    rule: "a price must be positive",
    holds: (bars, row) => bars[name][row]! > 0,
  })),
  ...AMOUNTS.map((name): ColumnRule => ({
    name,
    rule: "an amount must not be negative",
    holds: (bars, row) => bars[name][row]! >= 0,
  })),
  {
    name: "longRatio",
    rule: "a share of accounts must be in [0, 1]",
    holds: (bars, row) => bars.longRatio[row]! >= 0 && bars.longRatio[row]! <= 1,
  },
  ...([["high", "low"], ["markHigh", "markLow"], ["indexHigh", "indexLow"]] as const).map((
    [high, low],
  ): ColumnRule => ({
    name: high,
    rule: `${CSV_HEADERS[high]} must be at least ${CSV_HEADERS[low]}`,
    holds: (bars, row) => bars[high][row]! >= bars[low][row]!,
  })),
];
