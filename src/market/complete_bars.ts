/** Bars from sources that hold fewer columns than Bybit's: what must be there, and what stands in for the rest. */
import type { Coin } from "../core/universe.ts";
import { type CoinBars, COLUMN_NAMES, type ColumnName } from "./panel.ts";

/** Columns that a source holds, each of shape [rows]. */
export type GivenColumns = { readonly [Name in ColumnName]?: Float64Array };

/** Columns that bars can do without; those of one group come together or not at all. */
export interface ReplaceableColumns {
  readonly name: string;
  readonly columns: readonly ColumnName[];
  /** What stands in for them, said wherever the bars are looked at. */
  readonly standIn: string;
  readonly fill: (bars: Required<GivenColumns>, name: ColumnName) => Float64Array;
}

/** What no bars can do without; of volume and turnover one is enough. */
export const NEEDED_COLUMNS = ["open", "high", "low", "close"] as const;

const TYPICAL = "the mean of high, low and close";

/** Everything else, in the order in which it is filled: a later group may stand in for by an earlier one. */
export const REPLACEABLE_COLUMNS: readonly ReplaceableColumns[] = [
  {
    name: "turnover",
    columns: ["turnover"],
    standIn: `volume times ${TYPICAL} stands in`,
    fill: (bars) => bars.volume.map((volume, t) => volume * typicalPrice(bars, t)),
  },
  {
    name: "volume",
    columns: ["volume"],
    standIn: `turnover over ${TYPICAL} stands in`,
    fill: (bars) => bars.turnover.map((turnover, t) => turnover / typicalPrice(bars, t)),
  },
  { name: "open interest", columns: ["openInterest"], standIn: "what reads it is neutral", fill: unknown },
  { name: "long ratio", columns: ["longRatio"], standIn: "what reads it is neutral", fill: unknown },
  {
    name: "funding rate",
    columns: ["fundingRate"],
    standIn: "none is paid, and what reads it is neutral",
    fill: ({ close }) => new Float64Array(close.length),
  },
  {
    name: "mark price",
    columns: ["markOpen", "markHigh", "markLow", "markClose"],
    standIn: "the last price stands in, margin and liquidation go by it, and what reads a premium is neutral",
    fill: (bars, name) => bars[LAST_OF[name as keyof typeof LAST_OF]],
  },
  {
    name: "index price",
    columns: ["indexOpen", "indexHigh", "indexLow", "indexClose"],
    standIn: "the mark price stands in, and what reads a premium is neutral",
    fill: (bars, name) => bars[MARK_OF[name as keyof typeof MARK_OF]],
  },
];

const LAST_OF = { markOpen: "open", markHigh: "high", markLow: "low", markClose: "close" } as const;
const MARK_OF = {
  indexOpen: "markOpen",
  indexHigh: "markHigh",
  indexLow: "markLow",
  indexClose: "markClose",
} as const;

/** Columns that are missing from what is given, in the order of COLUMN_NAMES. */
export function missingColumns(given: GivenColumns): ColumnName[] {
  return COLUMN_NAMES.filter((name) => given[name] === undefined);
}

/**
 * The bars of a coin with stand-ins for what is missing.
 *
 * @throws {RangeError} If a needed column, both volume and turnover, or a part of a group is missing.
 */
export function completeBars(coin: Coin, given: GivenColumns): CoinBars {
  const missing = missingColumns(given);
  const lacking = lackingColumns(missing);
  if (lacking.length > 0) {
    throw new RangeError(`Cannot complete the bars of ${coin} as they lack ${lacking.join(", ")}`);
  }
  const bars = { ...given } as Required<GivenColumns>;
  for (const { columns, fill } of REPLACEABLE_COLUMNS) {
    for (const name of columns) {
      if (missing.includes(name)) Object.assign(bars, { [name]: fill(bars, name).slice() });
    }
  }
  return { coin, ...bars };
}

/** Of the missing columns those that nothing can stand in for. */
export function lackingColumns(missing: readonly ColumnName[]): ColumnName[] {
  const gone = (name: ColumnName) => missing.includes(name);
  const torn = REPLACEABLE_COLUMNS.flatMap(({ columns }) => columns.every(gone) ? [] : columns.filter(gone));
  const traded = gone("volume") && gone("turnover") ? ["volume" as const] : [];
  return [...NEEDED_COLUMNS.filter(gone), ...traded, ...torn];
}

/** What stands in for the missing columns of some bars, a sentence a group. */
export function standInText(missing: readonly ColumnName[]): string[] {
  return REPLACEABLE_COLUMNS.filter(({ columns }) => columns.some((name) => missing.includes(name)))
    .map(({ name, standIn }) => `No ${name} in these bars: ${standIn}.`);
}

function typicalPrice({ high, low, close }: Required<GivenColumns>, t: number): number {
  return (high[t]! + low[t]! + close[t]!) / 3;
}

function unknown({ close }: Required<GivenColumns>): Float64Array {
  return new Float64Array(close.length).fill(NaN);
}
