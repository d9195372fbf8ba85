import { columnOf, volatilityOf } from "../../../features/market_view.ts";
import { clipped, reading } from "./reading.ts";

/** Rate of change over the short lookback in its own sd. */
export const rateOfChange = reading(
  "Rate of change over the short lookback in its own sd",
  "J. Murphy, Technical Analysis of the Financial Markets (1999), ch. 10",
  (market, coin, [short]) => {
    const roc = columnOf(market, coin, "roc", [short]);
    const sd = volatilityOf(market, coin);
    return clipped(market.panel.rows, (t) => roc[t]! / (sd[t]! * Math.sqrt(short)));
  },
);
