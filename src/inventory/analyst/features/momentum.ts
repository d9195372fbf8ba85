import { columnOf } from "../../../features/market_view.ts";
import { clipped, reading } from "./reading.ts";

/** Exponential momentum of standardised returns, unit variance under a random walk. */
export const momentum = reading(
  "Exponential momentum of standardised returns",
  "T. Moskowitz, Y. H. Ooi, L. H. Pedersen, Journal of Financial Economics 104 (2012) 228",
  (market, coin, [, middle]) => {
    const values = columnOf(market, coin, "momentum", [middle]);
    return clipped(market.panel.rows, (t) => values[t]!);
  },
);
