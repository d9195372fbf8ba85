import { columnOf, type MarketView } from "../../../features/market_view.ts";
import { clipped, type Lookbacks, reading, type ReadingMethod } from "./reading.ts";

/**
 * A breakout reading: where the close stands in the range of the long lookback, the stronger the more the
 * measure of volatility stands above its own slow mean (expansion confirms the break).
 */
export function breakout(
  summary: string,
  source: string,
  measure: (market: MarketView, coin: number, lookbacks: Lookbacks) => Float64Array,
): ReadingMethod {
  return reading(summary, source, (market, coin, lookbacks) => {
    const level = measure(market, coin, lookbacks);
    const place = columnOf(market, coin, "stochasticK", [Math.max(2, lookbacks[2])]);
    let usual = NaN;
    return clipped(market.panel.rows, (t) => {
      const now = level[t]!;
      if (!Number.isNaN(now)) usual = Number.isNaN(usual) ? now : usual + 0.01 * (now - usual);
      const expansion = Math.max(0.2, Math.min(now / usual, 3));
      return (place[t]! - 50) / 35 * expansion;
    });
  });
}
