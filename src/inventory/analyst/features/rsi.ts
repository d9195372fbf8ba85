import { columnOf } from "../../../features/market_view.ts";
import { clipped, reading } from "./reading.ts";

/** Wilder's RSI around its middle; 20 points are one unit. */
export const rsi = reading(
  "Wilder's RSI around its middle; 20 points are one unit",
  "J. W. Wilder, New Concepts in Technical Trading Systems (1978)",
  (market, coin, [short]) => {
    const values = columnOf(market, coin, "rsi", [short]);
    return clipped(market.panel.rows, (t) => (values[t]! - 50) / 20);
  },
);
