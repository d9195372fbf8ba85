import { columnOf, returnsOf, volatilityOf } from "../../../features/market_view.ts";
import { clipped, reading } from "./reading.ts";

/** The last standardised move, faded the more the fatter the tails: extremes in fat-tailed markets revert. */
export const tailReversal = reading(
  "The last move, faded the more the fatter the tails",
  "W. De Bondt, R. Thaler, Journal of Finance 40 (1985) 793",
  (market, coin, [, , long]) => {
    const kurtosis = columnOf(market, coin, "kurtosis", [Math.max(4, long)]);
    const returns = returnsOf(market, coin);
    const sd = volatilityOf(market, coin);
    return clipped(
      market.panel.rows,
      (t) => -returns[t]! / sd[t]! * (0.5 + Math.min(Math.max(kurtosis[t]!, 0), 6) / 6),
    );
  },
);
