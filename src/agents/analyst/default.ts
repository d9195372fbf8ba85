import type { Analysis } from "../contracts.ts";
import { type MarketView, volatilityOf } from "../../features/market_view.ts";

/** The declared default analyst: no trend, no feature columns, the EWMA .97 sd, no view of the regime. */
export function defaultAnalysis(market: MarketView): Analysis {
  const rows = market.panel.rows;
  return {
    rows,
    width: 0,
    coins: market.panel.coins.map((_, coin) => ({
      trend: new Float64Array(rows),
      sd: volatilityOf(market, coin),
      regimes: new Float64Array(3 * rows).fill(1 / 3),
      features: new Float64Array(0),
    })),
  };
}
