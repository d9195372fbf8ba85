import { columnOf } from "../../../features/market_view.ts";
import { breakout } from "./breakout.ts";

/** A break of the range, confirmed by the high-low range */
export const rangeBreakout = breakout(
  "A break of the range, confirmed by the high-low range",
  "R. Donchian, Commodity Year Book (1960); M. Parkinson, Journal of Business 53 (1980) 61",
  (market, coin, [short]) => columnOf(market, coin, "range", [short]),
);
