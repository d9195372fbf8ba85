/** One's own signals, as a notebook holds them, and what they give for a coin. */
import type { Coin } from "../core/universe.ts";

/** A value for each row of the market: numbers, or true and false. */
export type Series = ArrayLike<number | boolean>;

/** The same for all coins, or one for each coin by name; one series alone is enough where one coin is traded. */
export type ByCoin<Value> = Value | Readonly<Record<Coin, Value>>;

/** What to do, known at the close of each row. Either `targets`, or `entries` and `exits`. */
export interface Signals {
  /**
   * Wanted direction and strength in [-1, 1] at each row: 1 is the whole size long, 0 flat, NaN leaves the position as
   * it is. A position is moved once it is off by more than a quarter of its target.
   */
  readonly targets?: ByCoin<Series> | undefined;
  /** Where a long is opened. With an exit at the same row nothing is done. */
  readonly entries?: ByCoin<Series> | undefined;
  /** Where a long is closed. */
  readonly exits?: ByCoin<Series> | undefined;
  /** Where a short is opened. */
  readonly shortEntries?: ByCoin<Series> | undefined;
  /** Where a short is closed. */
  readonly shortExits?: ByCoin<Series> | undefined;
  /** Distance of the stop from the fill, a fraction of price; 0 for none. */
  readonly stop?: ByCoin<number | Series> | undefined;
  /** Distance of the take-profit from the fill, a fraction of price; 0 for none. */
  readonly target?: ByCoin<number | Series> | undefined;
}

/** Coins in which no signal opens a position. */
export function silentCoins(signals: Signals, coins: readonly Coin[], rows: number): Coin[] {
  const opening = ["targets", "entries", "shortEntries"] as const;
  return coins.filter((coin) =>
    opening.every((name) => givenTo(signals[name], name, coin, coins, rows) === null)
  );
}

/** What is given for a coin; null where nothing is. */
export function givenTo(
  value: ByCoin<number | Series> | undefined,
  name: keyof Signals,
  coin: Coin,
  coins: readonly Coin[],
  rows: number,
): number | Series | null {
  if (value === undefined || typeof value === "number") return value ?? null;
  const isSeries = typeof (value as Series).length === "number";
  if (isSeries && coins.length > 1) {
    throw new RangeError(
      `Cannot read ${name} as each of ${
        coins.join(", ")
      } must have its own: give { ${coin}: series, ... }, or name ` +
        "one coin in coins",
    );
  }
  const own = isSeries ? value as Series : (value as Readonly<Record<Coin, number | Series>>)[coin];
  if (own === undefined || typeof own === "number") return own ?? null;
  if (own.length === rows) return own;
  throw new RangeError(
    `Cannot read ${name} of ${coin} as it must have a value for each of the market's ${rows} rows: it has ${own.length}`,
  );
}

/** What is given for a coin where it must be a series. */
export function seriesOf(...given: Parameters<typeof givenTo>): Series | null {
  const own = givenTo(...given);
  if (typeof own !== "number") return own;
  throw new RangeError(
    `Cannot read ${given[1]} of ${given[2]} as it must be a series: current value is ${own}`,
  );
}
