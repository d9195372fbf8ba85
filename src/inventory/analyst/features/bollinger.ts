import { columnOf } from "../../../features/market_view.ts";
import { clipped, reading } from "./reading.ts";

/** Place of the close between the Bollinger bands: +-1 at the bands. */
export const bollinger = reading(
  "Place of the close between the Bollinger bands: +-1 at the bands",
  "J. Bollinger, Bollinger on Bollinger Bands (2001)",
  (market, coin, [, middle]) => {
    const percentB = columnOf(market, coin, "percentB", [middle]);
    return clipped(market.panel.rows, (t) => 2 * percentB[t]! - 1);
  },
);
