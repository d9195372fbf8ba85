import { columnOf, returnsOf, volatilityOf } from "../../../features/market_view.ts";
import { clipped, reading } from "./reading.ts";

/** The last move, the stronger the more was traded: volume confirms. */
export const volumeConfirmation = reading(
  "The last move, the stronger the more was traded",
  "J. Karpoff, Journal of Financial and Quantitative Analysis 22 (1987) 109",
  (market, coin, [short]) => {
    const ratio = columnOf(market, coin, "volumeRatio", [short]);
    const returns = returnsOf(market, coin);
    const sd = volatilityOf(market, coin);
    return clipped(market.panel.rows, (t) => returns[t]! / sd[t]! * Math.min(ratio[t]!, 3) / 1.5);
  },
  { needs: ["turnover"] },
);
