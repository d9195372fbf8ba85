import { coinSeries } from "../../../features/market_view.ts";
import { filterLevel } from "../../models/kalman.ts";
import { weighFilters } from "../../models/likely_filters.ts";
import { clipped, reading } from "./reading.ts";
import { standardisedWalk } from "./standardised_walk.ts";

/** Shares of a bar's variance that are taken for noise around the level: none to two fifths. */
const NOISES = [0, .05, .1, .2, .4];
/** Distances from the level are some tenths of a bar's sd where there is noise at all. */
const SCALE = 4;

/** How far the price stands below the level that a local level filter sees through the noise. */
export const kalmanLevel = reading(
  "How far the price is below its filtered level (Kalman filter of a local level), in sd",
  "J. Durbin, S. Koopman, Time Series Analysis by State Space Methods (2012), 2.2",
  (market, coin) => {
    const values = coinSeries(market, coin, "kalmanLevel", (whole) => {
      const walk = standardisedWalk(whole, coin), start = { mean: 0, variance: 1 };
      // The variance of one step is level + 2 noise: it is 1 in all of them.
      const filters = NOISES.map((noise) => filterLevel(walk, { noise, level: 1 - 2 * noise }, start));
      const out = new Float64Array(walk.length);
      weighFilters(filters.map(({ logDensity }) => logDensity), (t, weights) => {
        filters.forEach(({ level }, i) => out[t]! += weights[i]! * (level[t]! - walk[t]!));
      });
      return out;
    });
    return clipped(market.panel.rows, (t) => SCALE * values[t]!);
  },
);
