import { columnOf } from "../../../features/market_view.ts";
import { plainMethod } from "../../method.ts";
import type { BarSdInput, VolatilityMethod } from "./bar_sd.ts";
import { returns } from "./returns.ts";

/** Smallest sd of one bar: a tenth of a basis point. */
const SD_FLOOR = 1e-5;

/**
 * Four measures of volatility, mixed by the analyst's weights where it has as many readings, else evenly; each as an estimate of the sd: a bar's range is
 * 1.6 sd of a Brownian path on average, and a random walk's level over w bars has an sd of sqrt((w + 1) / 6)
 * steps (bandwidth spans four of them). Where a measure warms up, the volatility of returns stands in.
 */
export const measures: VolatilityMethod = plainMethod(
  "ATR, standard deviation, range and band width, mixed by the reading weights",
  (input: BarSdInput) => {
    const { market, coin, lookbacks: [short, middle], weights } = input;
    const byReturns = returns.run(input, {});
    const span = Math.sqrt((middle + 1) / 6);
    const all = [
      { column: columnOf(market, coin, "atrRatio", [short]), scale: 1 / 1.6 },
      { column: columnOf(market, coin, "volatility", [middle]), scale: 1 },
      { column: columnOf(market, coin, "range", [short]), scale: 1 / 1.6 },
      { column: columnOf(market, coin, "bandwidth", [middle]), scale: 1 / (4 * span) },
    ];
    const shares = weights.length === all.length ? weights : all.map(() => 1 / all.length);
    const out = new Float64Array(market.panel.rows);
    for (let t = 0; t < out.length; t++) {
      let sd = 0;
      for (let i = 0; i < all.length; i++) {
        const value = all[i]!.column[t]! * all[i]!.scale;
        sd += shares[i]! * (Number.isNaN(value) ? byReturns[t]! : value);
      }
      out[t] = Math.max(sd, SD_FLOOR);
    }
    return out;
  },
  { source: "J. W. Wilder (1978); M. Parkinson, Journal of Business 53 (1980) 61; J. Bollinger (2001)" },
);
