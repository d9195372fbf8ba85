/** Worlds that equal the true one up to a row: cut there (protocol 1.7, T1), or with rows after it that never were (T2). */
import {
  type CoinBars,
  COLUMN_NAMES,
  type ColumnName,
  createPanel,
  type Panel,
  truncatePanel,
} from "../../market/panel.ts";

/** A panel that equals the whole one in rows 0..t. */
export interface Trial {
  readonly name: string;
  readonly t: number;
  readonly panel: () => Panel;
  /** True if the open of row t+1 is the true one as well. */
  readonly openIsTrue: boolean;
}

/** T1: the panel as it was when row t had just closed. */
export function cuts(panel: Panel, rows: readonly number[]): Trial[] {
  return rows.map((t) => ({ name: "cut", t, panel: () => truncatePanel(panel, t + 1), openIsTrue: false }));
}

/** The columns that an order at the open of a row meets. */
const OPENING: readonly ColumnName[] = ["open", "markOpen", "fundingRate"];

type Replace = (panel: Panel, coin: number, name: ColumnName, t: number) => Float64Array;

/** T2: ways to replace the rows after t of a column by what never happened. */
export const FUTURES = {
  tenfold: (panel, coin, name, t) => panel.coins[coin]![name].slice(t + 1).map((value) => 10 * value),
  reversed: (panel, coin, name, t) => panel.coins[coin]![name].slice(t + 1).reverse(),
  otherCoin: (panel, coin, name, t) => panel.coins[(coin + 1) % panel.coins.length]![name].slice(t + 1),
  missing: (panel, coin, name, t) => panel.coins[coin]![name].slice(t + 1).fill(NaN),
  /** Tenfold but for the open of row t+1: whatever happens at that open must not know more. */
  afterOpen: (panel, coin, name, t) => {
    const column = panel.coins[coin]![name];
    const future = column.slice(t + 1).map((value) => 10 * value);
    if (OPENING.includes(name) && future.length > 0) future[0] = column[t + 1]!;
    return future;
  },
} as const satisfies Record<string, Replace>;
export type FutureName = keyof typeof FUTURES;

/** The panel with its rows after t replaced. */
export function withFuture(panel: Panel, t: number, future: FutureName): Panel {
  const coins = panel.coins.map((bars, coin) => {
    const columns = COLUMN_NAMES.map((name) => {
      const column = bars[name].slice();
      column.set(FUTURES[future](panel, coin, name, t), t + 1);
      return [name, column];
    });
    return { coin: bars.coin, ...Object.fromEntries(columns) } as CoinBars;
  });
  return createPanel(coins, panel.openTime, panel.source);
}

/** T2 at each of the rows: all futures, or the ones named. */
export function futures(
  panel: Panel,
  rows: readonly number[],
  names: readonly FutureName[] = Object.keys(FUTURES) as FutureName[],
): Trial[] {
  return rows.flatMap((t) =>
    names.map((name) => ({
      name,
      t,
      panel: () => withFuture(panel, t, name),
      openIsTrue: name === "afterOpen",
    }))
  );
}
