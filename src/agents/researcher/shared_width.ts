import { type MarketView, returnsOf, volatilityOf } from "../../features/market_view.ts";
import type { Shape } from "../../inventory/researcher/distribution/shape.ts";
import { sharedWidth } from "../../inventory/researcher/distribution/shared_width.ts";

/**
 * The width over a horizon that all researchers of a market start from (`sharedWidth` over EWMA .97 volatility),
 * computed once per market and horizon. Of a market that begins with these rows the same stretches are taken.
 */
export function widthOf(market: MarketView, horizon: number): Shape {
  if (market.whole) return widthOf(market.whole, horizon);
  const { panel, memo } = market;
  const compute = () => {
    const coins = panel.coins.map((_, coin) => coin);
    return sharedWidth(
      coins.map((coin) => returnsOf(market, coin)),
      coins.map((coin) => volatilityOf(market, coin)),
      horizon,
      panel.firstRow,
    );
  };
  return memo.get(panel, `width|${horizon}`, compute, bytesOf);
}

function bytesOf({ sd, halfWidths }: Shape): number {
  return sd.byteLength + halfWidths.byteLength;
}

/** Weight of 1 in the running mean of ratios before any was seen, rows. */
const RATIO_PRIOR = 42;

/**
 * The unit of a researcher's forecasts: the EWMA volatility, moved by what the analyst reads. It is the geometric mean
 * of both where the analyst's readings are first brought to the EWMA's level (over the mean of their ratio so far), so that the shared
 * width, which is in units of the EWMA, still fits.
 *
 * @returns Shape [rows], > 0.
 */
export function unitOf(volatility: Float64Array, analyst: Float64Array): Float64Array {
  const out = new Float64Array(volatility.length);
  let mean = 1;
  for (let t = 0; t < out.length; t++) {
    const ratio = analyst[t]! / volatility[t]!;
    mean += (ratio - mean) / (RATIO_PRIOR + t + 1);
    out[t] = volatility[t]! * Math.sqrt(ratio / mean);
  }
  return out;
}
