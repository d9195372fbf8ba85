import { columnOf } from "../../../features/market_view.ts";
import { clipped, reading } from "./reading.ts";

/** Skewness of returns: positive skew reads positive. */
export const skewness = reading(
  "Skewness of returns: positive skew reads positive",
  "C. Harvey, A. Siddique, Journal of Finance 55 (2000) 1263",
  (market, coin, [, middle]) => {
    const skew = columnOf(market, coin, "skew", [Math.max(3, middle)]);
    return clipped(market.panel.rows, (t) => skew[t]!);
  },
);
