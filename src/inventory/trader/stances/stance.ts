import type { MarketView } from "../../../features/market_view.ts";
import type { Method } from "../../method.ts";

/** What a trader brings along when it looks at the market by itself. */
export interface StanceInput {
  /** The bars, and series computed of them. */
  readonly market: MarketView;
  /** Its own belief about the move under way: +1 it goes on, -1 it is faded, 0 none. */
  readonly direction: number;
}

/** A trader's stance towards the whole market; shape [rows] each. */
export interface Stance {
  /** How far the move under way is followed (> 0) or faded (< 0), in [-1, 1]. */
  readonly follow: Float64Array;
  /** The same coin by coin, where a stance tells them apart; [coin]. Left out, all are followed alike. */
  readonly followByCoin?: readonly Float64Array[];
  /** Share of a full size, in (0, 1]. */
  readonly size: Float64Array;
}

/** A stance as a method. */
export type StanceMethod = Method<StanceInput, Stance>;
