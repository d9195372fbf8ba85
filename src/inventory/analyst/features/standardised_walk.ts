import { coinSeries, type MarketView, returnsOf, volatilityOf } from "../../../features/market_view.ts";
import { LABEL_CLIP } from "../../researcher/labels.ts";

/** Returns over the volatility known a row earlier, cut to +-5; 0 at row 0. Shape [rows]. */
export function standardisedMoves(market: MarketView, coin: number): Float64Array {
  return coinSeries(market, coin, "standardisedMoves", (whole) => {
    const returns = returnsOf(whole, coin), sd = volatilityOf(whole, coin);
    return returns.map((r, t) => t === 0 ? 0 : Math.max(-LABEL_CLIP, Math.min(LABEL_CLIP, r / sd[t - 1]!)));
  });
}

/** Their sum: a price on which every bar moves by about 1. Shape [rows]. */
export function standardisedWalk(market: MarketView, coin: number): Float64Array {
  return coinSeries(market, coin, "standardisedWalk", (whole) => {
    let sum = 0;
    return standardisedMoves(whole, coin).map((z) => sum += z);
  });
}
