import { columnOf } from "../../../features/market_view.ts";
import { breakout } from "./breakout.ts";

/** A break of the range, confirmed by the average true range */
export const atrBreakout = breakout(
  "A break of the range, confirmed by the average true range",
  "J. W. Wilder, New Concepts in Technical Trading Systems (1978); R. Donchian, Commodity Year Book (1960)",
  (market, coin, [short]) => columnOf(market, coin, "atrRatio", [short]),
);
