import type { SyntheticMode } from "./synthetic/worlds.ts";
import { hashColumns, hashJson } from "../core/hash.ts";
import type { KnownRows } from "../core/memo.ts";
import {
  BAR_MS,
  type Coin,
  type Instrument,
  instrumentsOf,
  MOST_COINS,
  REFERENCE_COIN,
} from "../core/universe.ts";
import { joinNews, type PanelNews, sliceNews, withNews } from "./panel_news.ts";

/** The columns of one coin that are not derived from others, each a Float64Array of shape [rows]. */
export const COLUMN_NAMES = [
  "open",
  "high",
  "low",
  "close",
  "volume",
  "turnover",
  "openInterest",
  "longRatio",
  "fundingRate",
  "markOpen",
  "markHigh",
  "markLow",
  "markClose",
  "indexOpen",
  "indexHigh",
  "indexLow",
  "indexClose",
] as const;
/** Name of a column. */
export type ColumnName = (typeof COLUMN_NAMES)[number];

/**
 * The bars of one coin. Prices in USDT; volume and open interest in coins; turnover in USDT; longRatio a
 * fraction of accounts in [0, 1]; fundingRate the last rate settled at or before the bar opened, a fraction of
 * notional. Open interest and longRatio are NaN where the exchange reported 0, its mark for "unknown".
 */
export type CoinBars = { readonly coin: Coin } & { readonly [Name in ColumnName]: Float64Array };

/** The settings of a synthetic market. */
export interface SyntheticSource {
  /** What tells it from real bars. */
  readonly kind: "synthetic";
  /** Which world, see synthetic/worlds.ts. */
  readonly mode: SyntheticMode;
  /** Seed of its draws. */
  readonly seed: number;
  /** Information coefficient of the planted edge. */
  readonly ic: number;
  /** The opening by which a sealed market was seen. */
  readonly opening?: string | undefined;
  /** True where news by its date of publication is read: see panel_news.ts. */
  readonly untimedNews?: true | undefined;
}

/** What stands for the folder where bars were handed over as a table in memory. */
export const OWN_TABLE = "a table";

/** Where a panel's bars come from. A synthetic source is said wherever its numbers are shown. */
export type MarketSource =
  | {
    readonly kind: "bybit";
    readonly folder: string;
    readonly unsealed: boolean;
    /** Rows of the folder that a permit is needed for, whether it was given or not. */
    readonly sealedRows: number;
    /** True where the files lack columns that Bybit's have: they are another source's. */
    readonly imported?: true | undefined;
    /** The opening by which sealed rows were seen. */
    readonly opening?: string | undefined;
    /** True where news by its date of publication is read: see panel_news.ts. */
    readonly untimedNews?: true | undefined;
  }
  | SyntheticSource;

/**
 * Coins on one time axis: an immutable block of bars. Row t is stamped by its open and known at its
 * close, openTime[t] + BAR_MS. `firstRow` is the absolute number of row 0, so that a slice keeps counting
 * rows as the whole panel does (refits fall on absolute rows).
 */
export interface Panel {
  /** In the order that every array over coins follows. */
  readonly coins: readonly CoinBars[];
  /** What the exchange fixes for each coin; [coin]. */
  readonly instruments: readonly Instrument[];
  /** Open time of each row, ms UTC, evenly spaced by BAR_MS; shape [rows]. */
  readonly openTime: Float64Array;
  /** How many bars each coin has. */
  readonly rows: number;
  /** Absolute number of row 0. */
  readonly firstRow: number;
  /** Content address: equal hashes mean equal rows, bit for bit. Part of every cache key. */
  readonly hash: string;
  /** The panel before the newest rows came, where they were appended to it; null for any other. */
  readonly grownFrom: KnownRows | null;
  /** Where the bars come from. */
  readonly source: MarketSource;
  /** Columns that no coin's source holds and others stand in for, see complete_bars.ts; none for Bybit's bars. */
  readonly missing: readonly ColumnName[];
  /** What was known of the news at each row; null where none is read. Then it is as if there were no news at all. */
  readonly news: PanelNews | null;
}

/**
 * Joins coins into a panel.
 *
 * @param instruments Terms of the coins; synthetic further coins are twins of the declared ones.
 * @param missing Columns whose values are stand-ins; part of the hash, as what is made of them is neutral.
 * @throws {RangeError} If there are no coins, too many, one twice, one without terms, or a column of another length.
 */
export function createPanel(
  coins: readonly CoinBars[],
  openTime: Float64Array,
  source: MarketSource,
  instruments: readonly Instrument[] = [],
  missing: readonly ColumnName[] = [],
): Panel {
  const names = coins.map((bars) => bars.coin);
  if (names.length < 1 || names.length > MOST_COINS || new Set(names).size < names.length) {
    throw new RangeError(
      `Cannot create a panel as its coins must be 1 to ${MOST_COINS} different ones: current value is ${
        names.join(",")
      }`,
    );
  }
  for (const bars of coins) {
    for (const name of COLUMN_NAMES) {
      if (bars[name].length !== openTime.length) {
        throw new RangeError(
          `Cannot create a panel as every column must have ${openTime.length} rows: ${bars.coin} ${name} has ${
            bars[name].length
          }`,
        );
      }
    }
  }
  const columns = hashColumns([openTime, ...coins.flatMap((bars) => COLUMN_NAMES.map((name) => bars[name]))]);
  return {
    coins,
    instruments: instrumentsOf(names, instruments, source.kind === "synthetic"),
    openTime,
    rows: openTime.length,
    firstRow: 0,
    hash: hashJson(missing.length === 0 ? [names, columns] : [names, columns, missing]),
    grownFrom: null,
    source: source.kind === "bybit" && missing.length > 0 ? { ...source, imported: true } : source,
    missing,
    news: null,
  };
}

/** Content address of one coin's rows: equal hashes mean equal bars at equal times, bit for bit. */
export function coinHash(bars: CoinBars, openTime: Float64Array): string {
  return hashColumns([openTime, ...COLUMN_NAMES.map((name) => bars[name])]);
}

/** Index of a coin in a panel, -1 if it is not there. */
export function coinIndex({ coins }: Pick<Panel, "coins">, coin: Coin): number {
  return coins.findIndex((bars) => bars.coin === coin);
}

/** Index of the coin that stands for the whole market: the reference coin, or the only one of a panel of one. */
export function referenceIndex(panel: Pick<Panel, "coins">): number {
  return panel.coins.length === 1 ? 0 : coinIndex(panel, REFERENCE_COIN);
}

/** Rows from..to-1 of a panel as views, without a copy; `firstRow` keeps the absolute count. */
export function slicePanel(panel: Panel, from: number, to: number): Panel {
  if (!ArrayBuffer.isView((panel as Partial<Panel> | undefined)?.openTime)) {
    throw new RangeError("Cannot slice this as it must be a panel: write market.panel");
  }
  if (!(0 <= from && from < to && to <= panel.rows)) {
    throw new RangeError(
      `Cannot slice a panel as 0 <= from < to <= ${panel.rows} must hold: current value is ${from}..${to}`,
    );
  }
  const coins = panel.coins.map((bars) => {
    const columns = Object.fromEntries(COLUMN_NAMES.map((name) => [name, bars[name].subarray(from, to)]));
    return { coin: bars.coin, ...columns } as CoinBars;
  });
  const cut = (hash: string) => from === 0 && to === panel.rows ? hash : `${hash}[${from}:${to}]`;
  return {
    coins,
    instruments: panel.instruments,
    openTime: panel.openTime.subarray(from, to),
    rows: to - from,
    firstRow: panel.firstRow + from,
    hash: cut(panel.hash),
    grownFrom: null,
    source: panel.source,
    missing: panel.missing,
    news: panel.news && { ...sliceNews(panel.news, from, to), barsHash: cut(panel.news.barsHash) },
  };
}

/** The first `rows` rows as views, hashed afresh: what the panel was when row rows-1 had just closed. */
export function truncatePanel(panel: Panel, rows: number): Panel {
  const slice = slicePanel(panel, 0, rows);
  const cut = createPanel(slice.coins, slice.openTime, panel.source, panel.instruments, panel.missing);
  return slice.news === null ? cut : withNews(cut, slice.news);
}

/**
 * The panel after `newest`, the rows that follow its last, have closed; it knows what it grew from, so that
 * series of the rows before may be gone on from.
 *
 * @throws {RangeError} If the newest rows are of other coins or do not follow on the last.
 */
export function appendRows(panel: Panel, newest: Panel): Panel {
  const names = (one: Panel) => one.coins.map(({ coin }) => coin).join(",");
  const follows = panel.openTime[panel.rows - 1]! + BAR_MS;
  if (names(newest) !== names(panel) || newest.openTime[0] !== follows) {
    throw new RangeError(
      `Cannot append rows as they must be of ${names(panel)} from ${follows} on: current value is ${
        names(newest)
      } from ${newest.openTime[0]}`,
    );
  }
  if ((panel.news === null) !== (newest.news === null)) {
    throw new RangeError("Cannot append rows as both must have news, or neither");
  }
  const coins = panel.coins.map((bars, i) => {
    const columns = COLUMN_NAMES.map((name) => [name, joined(bars[name], newest.coins[i]![name])]);
    return { coin: bars.coin, ...Object.fromEntries(columns) } as CoinBars;
  });
  return {
    ...panel,
    coins,
    openTime: joined(panel.openTime, newest.openTime),
    rows: panel.rows + newest.rows,
    hash: hashJson([panel.hash, newest.hash]),
    news: panel.news && {
      ...joinNews(panel.news, newest.news!, joined),
      barsHash: hashJson([panel.news.barsHash, newest.news!.barsHash]),
    },
    grownFrom: { hash: panel.hash, rows: panel.rows, grownFrom: panel.grownFrom },
  };
}

function joined(before: Float64Array, after: Float64Array): Float64Array {
  const out = new Float64Array(before.length + after.length);
  out.set(before);
  out.set(after, before.length);
  return out;
}
