/** One CSV of Bybit bars, read strictly. */
import pl from "nodejs-polars";
import type { Coin } from "../../core/universe.ts";
import type { DerivedBars } from "../../market/derived_columns.ts";
import { type CoinBars, COLUMN_NAMES } from "../../market/panel.ts";
import { CSV_HEADERS, DERIVED_HEADERS, TIME_HEADER, UNKNOWN_RATIO } from "./csv_columns.ts";
import { BybitCsvError, FIRST_LINE } from "./csv_error.ts";
import { requireRectangle } from "./csv_rectangle.ts";
import { COLUMN_RULES } from "./csv_rules.ts";
import { parseTime, requireTimes } from "./csv_times.ts";

/** The bars of one coin as its file holds them. */
export interface CoinFile {
  readonly file: string;
  readonly openTime: Float64Array;
  readonly bars: CoinBars;
  readonly derived: DerivedBars;
}

export function readBybitFile(file: string, coin: Coin): CoinFile {
  const text = Deno.readTextFileSync(file).replace(/^\uFEFF/, "");
  requireRectangle(file, text);
  // Every cell as text: polars would else guess types and turn a bad cell into a null or a column into strings.
  const cells = pl.readCSV(text, { inferSchemaLength: 0 });
  const wanted = [TIME_HEADER, ...Object.values(CSV_HEADERS)];
  const absent = wanted.filter((header) => !cells.columns.includes(header));
  if (absent.length > 0) {
    throw new RangeError(
      `Cannot read ${file} as its header (line 1) must name the columns ${wanted.join(", ")}: missing is ${
        absent.join(", ")
      }. Correct the file or download it again.`,
    );
  }
  const given = Object.entries(DERIVED_HEADERS).filter(([, header]) => cells.columns.includes(header));
  const numbers = cells.select(
    ...[...Object.values(CSV_HEADERS), ...given.map(([, header]) => header)].map((header) =>
      pl.col(header).cast(pl.Float64, false).fillNull(pl.lit(NaN))
    ),
  );
  const column = (header: string) =>
    Float64Array.from(numbers.getColumn(header).toTypedArray() as Float64Array);
  const textOf = (header: string, row: number) => String(cells.getColumn(header).getIndex(row) ?? "");

  const require = (header: string, rule: string, rows: number, holds: (row: number) => boolean) => {
    let first = -1, count = 0;
    for (let row = 0; row < rows; row++) {
      if (holds(row)) continue;
      if (first < 0) first = row;
      count++;
    }
    if (first >= 0) {
      throw new BybitCsvError(file, first + FIRST_LINE, header, textOf(header, first), rule, count);
    }
  };

  const openTime = Float64Array.from(cells.getColumn(TIME_HEADER).toArray() as (string | null)[], parseTime);
  requireTimes(openTime, (rule, holds) => require(TIME_HEADER, rule, openTime.length, holds));
  const read = Object.fromEntries(COLUMN_NAMES.map((name) => [name, column(CSV_HEADERS[name])]));
  const bars = { coin, ...read } as CoinBars;
  for (const { name, rule, holds } of COLUMN_RULES) {
    require(CSV_HEADERS[name], rule, openTime.length, (row) => holds(bars, row));
  }
  const longRatio = bars.longRatio.map((ratio) => ratio === UNKNOWN_RATIO ? NaN : ratio);
  const derived = { coin, ...Object.fromEntries(given.map(([name, header]) => [name, column(header)])) };
  return { file, openTime, bars: { ...bars, longRatio }, derived };
}
