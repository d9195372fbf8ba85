/** The columns of a CSV of Bybit bars: reading and writing both follow this table. */
import type { Coin } from "../../core/universe.ts";
import type { DerivedName } from "../../market/derived_columns.ts";
import type { ColumnName } from "../../market/panel.ts";

/** A column of a file: one that bars are made of, which must be there, or one that follows from others. */
export type CsvColumn =
  | { readonly header: string; readonly column: ColumnName }
  | { readonly header: string; readonly derived: DerivedName };

/** Header of the column of open times, the first of a file. */
export const TIME_HEADER = "timestamp_utc";

/** Every other column in the order in which files are written. Files may hold more, in any order. */
export const CSV_COLUMNS: readonly CsvColumn[] = [
  { header: "open", column: "open" },
  { header: "high", column: "high" },
  { header: "low", column: "low" },
  { header: "close", column: "close" },
  { header: "volume", column: "volume" },
  { header: "turnover", column: "turnover" },
  { header: "oi_btc", column: "openInterest" }, // coins of that file, whatever the name says
  { header: "long_ratio", column: "longRatio" },
  { header: "short_ratio", derived: "shortRatio" },
  { header: "long_short_ratio", derived: "longShortRatio" },
  { header: "funding_rate", column: "fundingRate" },
  { header: "mark_open", column: "markOpen" },
  { header: "mark_high", column: "markHigh" },
  { header: "mark_low", column: "markLow" },
  { header: "mark_close", column: "markClose" },
  { header: "index_open", column: "indexOpen" },
  { header: "index_high", column: "indexHigh" },
  { header: "index_low", column: "indexLow" },
  { header: "index_close", column: "indexClose" },
  { header: "basis", derived: "basis" },
  { header: "premium_pct", derived: "premium" }, // a fraction, whatever the name says
  { header: "oi_usd", derived: "openInterestUsd" },
];

/** Headers of the columns that bars are made of, by column. */
export const CSV_HEADERS = Object.fromEntries(
  CSV_COLUMNS.flatMap((one) => "column" in one ? [[one.column, one.header]] : []),
) as Readonly<Record<ColumnName, string>>;

/** Headers of the columns that follow from others, by column. */
export const DERIVED_HEADERS = Object.fromEntries(
  CSV_COLUMNS.flatMap((one) => "derived" in one ? [[one.derived, one.header]] : []),
) as Readonly<Record<DerivedName, string>>;

/** The exchange's mark for a long ratio or an open interest that it does not know. */
export const UNKNOWN_VALUE = 0;

/** "Bybit_BTC.csv" */
export function csvFileName(coin: Coin): string {
  return `Bybit_${coin}.csv`;
}
