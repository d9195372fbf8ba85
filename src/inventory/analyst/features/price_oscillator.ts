import { columnOf, volatilityOf } from "../../../features/market_view.ts";
import { clipped, reading } from "./reading.ts";

/** Percentage price oscillator of short and long averages in sd of the long lookback. */
export const priceOscillator = reading(
  "Percentage price oscillator in sd of the long lookback",
  "J. Murphy, Technical Analysis of the Financial Markets (1999), ch. 10",
  (market, coin, [short, , long]) => {
    const slow = Math.max(long, short + 1);
    const values = columnOf(market, coin, "ppo", [short, slow]);
    const sd = volatilityOf(market, coin);
    return clipped(market.panel.rows, (t) => 2 * values[t]! / (sd[t]! * Math.sqrt(slow)));
  },
);
