import { columnOf } from "../../../features/market_view.ts";
import { breakout } from "./breakout.ts";

/** A break of the range, confirmed by the standard deviation of returns */
export const sdBreakout = breakout(
  "A break of the range, confirmed by the standard deviation of returns",
  "R. Donchian, Commodity Year Book (1960)",
  (market, coin, [, middle]) => columnOf(market, coin, "volatility", [middle]),
);
