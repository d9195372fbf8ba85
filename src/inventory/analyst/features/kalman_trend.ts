import { coinSeries } from "../../../features/market_view.ts";
import { filterTrend } from "../../models/kalman.ts";
import { weighFilters } from "../../models/likely_filters.ts";
import { clipped, reading } from "./reading.ts";
import { standardisedWalk } from "./standardised_walk.ts";

/** Variances of the slope's drift that are tried, beside a level that moves by 1 a bar: slopes that last weeks to a year. */
const SLOPES = [1e-6, 1e-5, 1e-4, 1e-3];

/** Slope of a local linear trend over its own standard deviation, filtered, the drift of the slope told by likelihood. */
export const kalmanTrend = reading(
  "Slope of a local linear trend (Kalman filter) over its own sd",
  "A. Harvey, Forecasting, Structural Time Series Models and the Kalman Filter (1989), 2.3",
  (market, coin) => {
    const values = coinSeries(market, coin, "kalmanTrend", (whole) => {
      const walk = standardisedWalk(whole, coin), start = { level: 0, slope: 0, variance: 1e-2 };
      const filters = SLOPES.map((slope) => filterTrend(walk, { noise: 0, level: 1, slope }, start));
      const out = new Float64Array(walk.length);
      weighFilters(filters.map(({ logDensity }) => logDensity), (t, weights) => {
        filters.forEach(({ slope, slopeVariance }, i) =>
          out[t]! += weights[i]! * slope[t]! / Math.sqrt(slopeVariance[t]!)
        );
      });
      return out;
    });
    return clipped(market.panel.rows, (t) => values[t]!);
  },
);
