import { volatilityOf } from "../../../features/market_view.ts";
import { clipped, reading } from "./reading.ts";
import { seasonalPart } from "./seasonal_parts.ts";

/** What STL's season says of the next row: the mean of a few hundredths of a bar's sd is brought to unit scale. */
const SCALE = 3;

/** The move that the time of day foretells for the next row, in sd of one bar. */
export const timeOfDay = reading(
  "The move that STL's season by time of day foretells for the next row, in sd",
  "R. Cleveland et al., Journal of Official Statistics 6 (1990) 3",
  (market, coin) => {
    const season = seasonalPart(market, coin, "season"), sd = volatilityOf(market, coin);
    return clipped(market.panel.rows, (t) => SCALE * season[t]! / sd[t]!);
  },
);
