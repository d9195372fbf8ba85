import { coinSeries } from "../../../features/market_view.ts";
import { createSpectrum } from "../../models/spectrum.ts";
import { clipped, reading } from "./reading.ts";
import { standardisedMoves, standardisedWalk } from "./standardised_walk.ts";

/** Rows of the window, and the frequencies that are called slow: periods of 21 rows and more. */
const WINDOW = 128, SLOWEST = 1, FASTEST_SLOW = 6;

/** The share of a window's energy at slow frequencies over that of white noise, less 1; NaN until the window is full. */
export function slowEnergyExcess(moves: Float64Array): Float64Array {
  const out = new Float64Array(moves.length).fill(NaN), spectrum = createSpectrum(WINDOW);
  const energy = new Float64Array(WINDOW / 2 + 1), usual = (FASTEST_SLOW - SLOWEST + 1) / (WINDOW / 2);
  for (let t = WINDOW - 1; t < moves.length; t++) {
    spectrum(moves, t - WINDOW + 1, energy);
    let slow = 0, all = 0;
    for (let k = 1; k <= WINDOW / 2; k++) {
      all += energy[k]!;
      if (k >= SLOWEST && k <= FASTEST_SLOW) slow += energy[k]!;
    }
    out[t] = all > 0 ? slow / all / usual - 1 : 0;
  }
  return out;
}

/** The move of a middle lookback, followed where slow frequencies hold more energy than white noise has, else faded. */
export const slowEnergy = reading(
  "The move of the middle lookback, followed where slow cycles hold more energy than chance, else faded",
  "F. Harris, Proceedings of the IEEE 66 (1978) 51",
  (market, coin, [, middle]) => {
    const excess = coinSeries(
      market,
      coin,
      "slowEnergy",
      (whole) => slowEnergyExcess(standardisedMoves(whole, coin)),
    );
    const walk = standardisedWalk(market, coin), root = Math.sqrt(middle);
    return clipped(
      market.panel.rows,
      (t) => t < middle ? NaN : Math.min(1, excess[t]!) * (walk[t]! - walk[t - middle]!) / root,
    );
  },
);
