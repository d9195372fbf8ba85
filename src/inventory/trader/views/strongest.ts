import { view } from "./view.ts";

/** The horizon whose edge per risk is largest, brought to the middle horizon: an aggressive reading. */
export const strongest = view(
  "The horizon of the largest edge per risk, brought to the middle one",
  (forecast, horizons, row) => {
    let best = 0;
    for (let h = 0; h < horizons.length; h++) {
      const edge = forecast.mean[h]![row]! / forecast.sd[h]![row]! * Math.sqrt(horizons[1]! / horizons[h]!);
      if (Math.abs(edge) > Math.abs(best)) best = edge;
    }
    return best * forecast.sd[1]![row]!;
  },
);
