import { columnOf, volatilityOf } from "../../../features/market_view.ts";
import { clipped, reading } from "./reading.ts";

/** MACD histogram in units of one bar's price move. */
export const macd = reading(
  "MACD histogram in units of one bar's price move",
  "G. Appel, The Moving Average Convergence Divergence Trading Method (1979)",
  (market, coin, [short, middle]) => {
    const fast = Math.max(2, Math.round(short));
    const slow = Math.max(fast + 1, middle);
    const histogram = columnOf(market, coin, "macdHistogram", [fast, slow, 9]);
    const { close } = market.panel.coins[coin]!;
    const sd = volatilityOf(market, coin);
    return clipped(market.panel.rows, (t) => 2 * histogram[t]! / (close[t]! * sd[t]!));
  },
);
