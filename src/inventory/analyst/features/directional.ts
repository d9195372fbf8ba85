import { columnOf } from "../../../features/market_view.ts";
import { clipped, reading } from "./reading.ts";

/** Directional movement, stronger where ADX says there is a trend (25 is Wilder's line). */
export const directional = reading(
  "Directional movement, stronger where ADX says there is a trend",
  "J. W. Wilder, New Concepts in Technical Trading Systems (1978)",
  (market, coin, [short, , long]) => {
    const difference = columnOf(market, coin, "diDifference", [short]);
    const strength = columnOf(market, coin, "adx", [Math.min(long, 120)]); // ADX smooths twice: 2 x 120 rows of warm-up
    return clipped(market.panel.rows, (t) => difference[t]! / 20 * Math.min(strength[t]! / 25, 2));
  },
);
