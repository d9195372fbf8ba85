import { columnOf } from "../../../features/market_view.ts";
import { breakout } from "./breakout.ts";

/** A break of the range, confirmed by the average true range */
export const atrBreakout = breakout(
  "A break of the range, confirmed by the average true range",
  (market, coin, [short]) => columnOf(market, coin, "atrRatio", [short]),
);
