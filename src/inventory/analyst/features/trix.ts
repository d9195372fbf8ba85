import { columnOf, volatilityOf } from "../../../features/market_view.ts";
import { clipped, reading } from "./reading.ts";

/** TRIX in units of one bar's sd; thrice smoothed, so the short lookback is used to keep the warm-up. */
export const trix = reading(
  "TRIX in units of one bar's sd",
  "J. Hutson, Stocks and Commodities 1 (1983) 105",
  (market, coin, [short, , long]) => {
    const span = Math.max(2, Math.round((short + long) / 2 / 2));
    const values = columnOf(market, coin, "trix", [span]);
    const sd = volatilityOf(market, coin);
    return clipped(market.panel.rows, (t) => values[t]! * Math.sqrt(span) / sd[t]!);
  },
);
