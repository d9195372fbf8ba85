import { logClosesOf, volatilityOf } from "../../../features/market_view.ts";
import { clipped, reading } from "./reading.ts";

/** Slope of the trend: distance of the close from where it stood a long lookback ago, in sd. */
export const trendSlope = reading(
  "Distance of the close from where it stood a long lookback ago, in sd",
  "T. Moskowitz, Y. H. Ooi, L. H. Pedersen, Journal of Financial Economics 104 (2012) 228",
  (market, coin, [, , long]) => {
    const logClose = logClosesOf(market, coin);
    const sd = volatilityOf(market, coin);
    return clipped(
      market.panel.rows,
      (t) => t < long ? NaN : (logClose[t]! - logClose[t - long]!) / (sd[t]! * Math.sqrt(long)),
    );
  },
);
