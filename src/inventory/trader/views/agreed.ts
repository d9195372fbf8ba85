import { view } from "./view.ts";

/** The weakest of three horizons that agree, 0 if they do not; and only with the odds on its side. */
export const agreed = view(
  "The weakest of three horizons that agree, with the odds on their side",
  (forecast, horizons, row) => {
    const sign = Math.sign(forecast.mean[1]![row]!);
    if (sign * (forecast.pUp[1]![row]! - 0.5) <= 0) return 0;
    let weakest = Infinity;
    for (let h = 0; h < horizons.length; h++) {
      const edge = sign * forecast.mean[h]![row]! / forecast.sd[h]![row]! *
        Math.sqrt(horizons[1]! / horizons[h]!);
      weakest = Math.min(weakest, edge);
    }
    return weakest > 0 ? sign * weakest * forecast.sd[1]![row]! : 0;
  },
);
