import { columnOf } from "../../../features/market_view.ts";
import { clipped, reading } from "./reading.ts";

/** Calm reads positive: log of long-run over short-run volatility. */
export const calm = reading(
  "Calm reads positive: log of long-run over short-run volatility",
  "A. Moreira, T. Muir, Journal of Finance 72 (2017) 1611",
  (market, coin, [short, , long]) => {
    const now = columnOf(market, coin, "volatility", [short]);
    const usual = columnOf(market, coin, "volatility", [Math.max(long, short + 1)]);
    return clipped(market.panel.rows, (t) => 2 * Math.log(usual[t]! / now[t]!));
  },
);
