import { hashColumns } from "../core/hash.ts";

/** The five coins, in the fixed order that every array over coins follows. */
export const COINS = ["BTC", "ETH", "SOL", "DOGE", "XRP"] as const;
export type Coin = (typeof COINS)[number];
export const COIN_COUNT = COINS.length;

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
export type ColumnName = (typeof COLUMN_NAMES)[number];

/**
 * The bars of one coin. Prices in USDT; volume and open interest in coins; turnover in USDT; longRatio a
 * fraction of accounts in [0, 1] (NaN where the exchange reported 0); fundingRate the last rate settled at
 * or before the bar opened, a fraction of notional.
 */
export type CoinBars = { readonly coin: Coin } & { readonly [Name in ColumnName]: Float64Array };

/** The settings of a synthetic market. */
export interface SyntheticSource {
  readonly kind: "synthetic";
  readonly mode: "default" | "planted" | "null";
  readonly seed: number;
  readonly ic: number;
}

/** Where a panel's bars come from. A synthetic source is said wherever its numbers are shown. */
export type MarketSource =
  | { readonly kind: "bybit"; readonly folder: string; readonly unsealed: boolean }
  | SyntheticSource;

/**
 * Five coins on one time axis: an immutable block of bars. Row t is stamped by its open and known at its
 * close, openTime[t] + BAR_MS. `firstRow` is the absolute number of row 0, so that a slice keeps counting
 * rows as the whole panel does (refits fall on absolute rows).
 */
export interface Panel {
  readonly coins: readonly CoinBars[];
  /** Open time of each row, ms UTC, evenly spaced by BAR_MS; shape [rows]. */
  readonly openTime: Float64Array;
  readonly rows: number;
  readonly firstRow: number;
  /** Content address: equal hashes mean equal rows, bit for bit. Part of every cache key. */
  readonly hash: string;
  readonly source: MarketSource;
}

/** Joins five coins into a panel. @throws {RangeError} If the coins are not the five in order or a column has another length. */
export function createPanel(coins: readonly CoinBars[], openTime: Float64Array, source: MarketSource): Panel {
  const names = coins.map((bars) => bars.coin).join(",");
  if (names !== COINS.join(",")) {
    throw new RangeError(
      `Cannot create a panel as its coins must be ${COINS.join(",")}: current value is ${names}`,
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
  const hash = hashColumns([openTime, ...coins.flatMap((bars) => COLUMN_NAMES.map((name) => bars[name]))]);
  return { coins, openTime, rows: openTime.length, firstRow: 0, hash, source };
}

/** Rows from..to-1 of a panel as views, without a copy; `firstRow` keeps the absolute count. */
export function slicePanel(panel: Panel, from: number, to: number): Panel {
  if (!(0 <= from && from < to && to <= panel.rows)) {
    throw new RangeError(
      `Cannot slice a panel as 0 <= from < to <= ${panel.rows} must hold: current value is ${from}..${to}`,
    );
  }
  const coins = panel.coins.map((bars) => {
    const columns = Object.fromEntries(COLUMN_NAMES.map((name) => [name, bars[name].subarray(from, to)]));
    return { coin: bars.coin, ...columns } as CoinBars;
  });
  return {
    coins,
    openTime: panel.openTime.subarray(from, to),
    rows: to - from,
    firstRow: panel.firstRow + from,
    hash: from === 0 && to === panel.rows ? panel.hash : `${panel.hash}[${from}:${to}]`,
    source: panel.source,
  };
}

/** The first `rows` rows, copied and hashed afresh: what the panel was when row rows-1 had just closed. */
export function truncatePanel(panel: Panel, rows: number): Panel {
  const slice = slicePanel(panel, 0, rows);
  return createPanel(slice.coins, slice.openTime, panel.source);
}
