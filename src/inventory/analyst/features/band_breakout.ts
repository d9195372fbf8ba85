import { columnOf } from "../../../features/market_view.ts";
import { breakout } from "./breakout.ts";

/** A break of the range, confirmed by the width of the Bollinger bands */
export const bandBreakout = breakout(
  "A break of the range, confirmed by the width of the Bollinger bands",
  "J. Bollinger, Bollinger on Bollinger Bands (2001)",
  (market, coin, [, middle]) => columnOf(market, coin, "bandwidth", [middle]),
);
