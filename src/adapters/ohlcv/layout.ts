/** Which column of a plain file of bars is what. */
import { printable } from "../../core/printable.ts";
import { UserError } from "../../core/user_error.ts";

/** What a file of bars may hold, beside its times. */
export const TRADED_NAMES = ["open", "high", "low", "close", "volume", "turnover"] as const;
export type TradedName = (typeof TRADED_NAMES)[number];

/** Where the columns of a file are, by position; null for one that it does not have. */
export interface Layout {
  readonly time: number;
  readonly columns: Readonly<Record<TradedName, number | null>>;
  /** True if times without a zone are UTC because the header says so. */
  readonly utc: boolean;
  /** Headers that are passed over. */
  readonly unread: readonly string[];
}

/** What programs call a column, in letters and digits alone. */
const NAMES: Readonly<Record<"time" | TradedName, readonly string[]>> = {
  time: ["timestamp", "timestamputc", "time", "date", "datetime", "opentime", "unix", "startat", "start"],
  open: ["open"],
  high: ["high"],
  low: ["low"],
  close: ["close"],
  volume: ["volume", "vol", "basevolume", "volumebase"],
  turnover: ["turnover", "quotevolume", "quoteassetvolume", "volumequote"],
};

const letters = (text: string) => text.toLowerCase().replace(/[^a-z0-9]/g, "");

/** Layout of arrays and of files without a header, by their number of cells. */
export function plainLayout(cells: number): Layout | null {
  const columns = { open: 1, high: 2, low: 3, close: 4, volume: 5, turnover: null };
  if (cells === 6) return { time: 0, columns, utc: false, unread: [] }; // ccxt
  if (cells === 12) return { time: 0, columns: { ...columns, turnover: 7 }, utc: false, unread: [] }; // Binance
  return null;
}

/**
 * Layout of a file with a header.
 *
 * @throws {UserError} If a needed column is missing, or two may be the same.
 */
export function headedLayout(file: string, headers: readonly string[]): Layout {
  const place = (name: "time" | TradedName): number | null => {
    const found = headers.flatMap((header, i) => NAMES[name].includes(letters(header)) ? [i] : []);
    if (found.length <= 1) return found[0] ?? null;
    throw refused(
      file,
      `one column alone may be its ${name}`,
      `it names ${found.map((i) => headers[i]!).join(" and ")}`,
    );
  };
  const time = place("time");
  const columns = Object.fromEntries(TRADED_NAMES.map((name) => [name, place(name)])) as Layout["columns"];
  const needed = [
    ...(time === null ? ["a time"] : []),
    ...(["open", "high", "low", "close"] as const).filter((name) => columns[name] === null),
    ...(columns.volume === null && columns.turnover === null ? ["volume or turnover"] : []),
  ];
  if (needed.length > 0 || time === null) {
    throw refused(file, `its header must name ${needed.join(", ")}`, `it names ${headers.join(", ")}`);
  }
  const read = new Set([time, ...Object.values(columns)]);
  return {
    time,
    columns,
    utc: /utc/i.test(headers[time]!),
    unread: headers.filter((_, i) => !read.has(i)),
  };
}

function refused(file: string, rule: string, value: string): UserError {
  return new UserError(
    `Cannot read ${printable(file)}, line 1, as ${rule}: ${
      printable(value, 200)
    }. Rename or take out columns.`,
  );
}
