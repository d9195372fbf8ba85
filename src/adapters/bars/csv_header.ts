/** Which columns a CSV's header names, and what an error says of those it does not. */
import { printable } from "../../core/printable.ts";
import { DERIVED_NAMES, type DerivedName } from "../../market/derived_columns.ts";
import { lackingColumns, NEEDED_COLUMNS, REPLACEABLE_COLUMNS } from "../../market/complete_bars.ts";
import { COLUMN_NAMES, type ColumnName } from "../../market/panel.ts";
import { CSV_HEADERS, DERIVED_HEADERS, TIME_HEADER } from "./csv_columns.ts";

/** The columns of a file that are read. */
export interface CsvColumnsFound {
  readonly columns: readonly ColumnName[];
  readonly missing: readonly ColumnName[];
  readonly derived: readonly DerivedName[];
}

/**
 * The columns that a header names.
 *
 * @throws {RangeError} If a needed one is missing, or an optional one is and another header looks like it, which
 *   a misspelling would: a file must not lose its funding for a letter.
 */
export function columnsIn(file: string, headers: readonly string[]): CsvColumnsFound {
  const columns = COLUMN_NAMES.filter((name) => headers.includes(CSV_HEADERS[name]));
  const missing = COLUMN_NAMES.filter((name) => !columns.includes(name));
  const lacking = lackingColumns(missing).map((name) =>
    name === "volume" ? "volume or turnover" : CSV_HEADERS[name]
  );
  const time = headers.includes(TIME_HEADER) ? [] : [TIME_HEADER];
  const strange = headers.filter((header) => !KNOWN.has(header));
  if (time.length + lacking.length > 0) {
    throw new RangeError(
      `Cannot read ${printable(file)} as its header (line 1) lacks ${[...time, ...lacking].join(", ")}` +
        `${
          strange.length > 0 ? ` (it names ${strange.map((name) => printable(name, 40)).join(", ")})` : ""
        }. ` +
        COLUMNS_TEXT,
    );
  }
  for (const name of missing) {
    const near = strange.find((header) => resembles(header, CSV_HEADERS[name]));
    if (near === undefined) continue;
    throw new RangeError(
      `Cannot read ${printable(file)} as its header (line 1) must name ${
        CSV_HEADERS[name]
      } so, or nothing that ` +
        `looks like it: it names ${printable(near, 40)}. Rename that column, or take it out. ${COLUMNS_TEXT}`,
    );
  }
  const derived = DERIVED_NAMES.filter((name) => headers.includes(DERIVED_HEADERS[name]));
  return { columns, missing, derived };
}

const KNOWN = new Set([TIME_HEADER, ...Object.values(CSV_HEADERS), ...Object.values(DERIVED_HEADERS)]);

const named = (names: readonly ColumnName[]) => names.map((name) => CSV_HEADERS[name]).join(", ");

/** What the columns of a file are for, in three sentences. */
export const COLUMNS_TEXT =
  `Needed are ${TIME_HEADER} (UTC, when the bar opened), ${
    named(NEEDED_COLUMNS)
  } (USDT) and volume (coins) or ` +
  `turnover (USDT). Used if there, else something stands in or what reads them is off: ${
    REPLACEABLE_COLUMNS.map(({ columns }) => named(columns)).join("; ")
  }. Derived, only compared: ${
    Object.values(DERIVED_HEADERS).join(", ")
  }. Plain OHLCV files of other sources are read by ` +
  "deno task popagent data import; in a notebook a table of columns does too, table: { BTC: { time, open, ... } }.";

/** What other programs call a column. */
const ALIASES: Readonly<Record<string, readonly string[]>> = {
  oi_btc: ["oi", "openinterest", "sumopeninterest"],
  long_ratio: ["longratio", "buyratio", "longaccount", "longshort"],
  funding_rate: ["funding", "fundingrate", "lastfundingrate"],
  turnover: ["quotevolume", "amount", "value"],
  volume: ["vol", "basevolume"],
};

/** True if a strange header may mean a known one: one letter off, its first word, or another program's name for it. */
function resembles(strange: string, known: string): boolean {
  const letters = (text: string) => text.toLowerCase().replace(/[^a-z0-9]/g, "");
  const a = letters(strange), b = letters(known);
  const [word] = known.split("_");
  return a === b || a === letters(word!) || ALIASES[known]?.includes(a) === true || isOneLetterOff(a, b);
}

/** True if one letter put in, taken out, changed or swapped with its neighbour makes one text of the other. */
function isOneLetterOff(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false;
  let same = 0, tail = 0;
  while (same < Math.min(a.length, b.length) && a[same] === b[same]) same++;
  while (
    tail < Math.min(a.length, b.length) - same && a[a.length - 1 - tail] === b[b.length - 1 - tail]
  ) tail++;
  const left = Math.max(a.length, b.length) - same - tail;
  const swapped = left === 2 && a.length === b.length && a[same] === b[same + 1] && a[same + 1] === b[same];
  return left <= 1 || swapped;
}
