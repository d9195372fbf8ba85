import { volatilityOf } from "../../../features/market_view.ts";
import { clipped, reading } from "./reading.ts";
import { seasonalPart } from "./seasonal_parts.ts";

/** Steps of a random walk's trend are so many times smaller than its own. */
const SCALE = 3;

/** Slope of the STL trend at the last row of a trailing window, in sd of one bar. */
export const seasonalTrend = reading(
  "Last step of the trend that STL tells from the time of day over a trailing window, in sd",
  "R. Cleveland et al., Journal of Official Statistics 6 (1990) 3",
  (market, coin) => {
    const slope = seasonalPart(market, coin, "slope"), sd = volatilityOf(market, coin);
    return clipped(market.panel.rows, (t) => SCALE * slope[t]! / sd[t]!);
  },
);
