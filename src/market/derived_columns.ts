import type { Coin } from "../core/universe.ts";
import type { CoinBars, ColumnName } from "./panel.ts";

/** A column that follows from others: what it must be at a row, and what its error is measured against. */
export interface DerivedColumn {
  /** The columns that it follows from. */
  readonly from: readonly ColumnName[];
  readonly of: (bars: CoinBars, t: number) => number;
  readonly scale: (bars: CoinBars, t: number) => number;
}

const one = () => 1;
const longShortRatio = ({ longRatio }: CoinBars, t: number) => longRatio[t]! / (1 - longRatio[t]!);
const openInterestUsd = ({ openInterest, markClose }: CoinBars, t: number) =>
  openInterest[t]! * markClose[t]!;

/** Columns that files of bars and feature tables may hold beside those they are made of: one formula a name. */
export const DERIVED_COLUMNS = {
  shortRatio: { from: ["longRatio"], of: ({ longRatio }, t) => 1 - longRatio[t]!, scale: one },
  longShortRatio: {
    from: ["longRatio"],
    of: longShortRatio,
    scale: (bars, t) => Math.max(1, longShortRatio(bars, t)),
  },
  /** USDT. */
  basis: {
    from: ["markClose", "indexClose"],
    of: ({ markClose, indexClose }, t) => markClose[t]! - indexClose[t]!,
    scale: ({ indexClose }, t) => indexClose[t]!,
  },
  /** Basis over index, a fraction. */
  premium: {
    from: ["markClose", "indexClose"],
    of: ({ markClose, indexClose }, t) => (markClose[t]! - indexClose[t]!) / indexClose[t]!,
    scale: one,
  },
  /** USDT: the snapshot taken as the bar opened at the mark price of its close, so it is known at the close alone. */
  openInterestUsd: { from: ["openInterest", "markClose"], of: openInterestUsd, scale: openInterestUsd },
} as const satisfies Readonly<Record<string, DerivedColumn>>;
/** Name of a derived column. */
export type DerivedName = keyof typeof DERIVED_COLUMNS;
export const DERIVED_NAMES = Object.keys(DERIVED_COLUMNS) as DerivedName[];

/** The derived columns of a file, where it has them; NaN where a cell is no number. */
export type DerivedBars = { readonly coin: Coin } & { readonly [Name in DerivedName]?: Float64Array };
