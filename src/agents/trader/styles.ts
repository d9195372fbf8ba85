import type { CoinForecast } from "../contracts.ts";

/**
 * A view: what a trader expects a coin to do over its middle horizon, from the forecast. `move` is the
 * expected return (a fraction), `sd` its standard deviation. Value t reads rows <= t.
 */
export type View = (forecast: CoinForecast, horizons: readonly number[], row: number) => number;

/** The forecast of the middle horizon as it stands. */
const middle: View = (forecast, _horizons, row) => forecast.mean[1]![row]!;

/** The horizon whose edge per risk is largest, brought to the middle horizon: an aggressive reading. */
const strongest: View = (forecast, horizons, row) => {
  let best = 0;
  for (let h = 0; h < horizons.length; h++) {
    const edge = forecast.mean[h]![row]! / forecast.sd[h]![row]! * Math.sqrt(horizons[1]! / horizons[h]!);
    if (Math.abs(edge) > Math.abs(best)) best = edge;
  }
  return best * forecast.sd[1]![row]!;
};

/** The weakest of three horizons that agree, 0 if they do not; and only with the odds on its side. */
const agreed: View = (forecast, horizons, row) => {
  const sign = Math.sign(forecast.mean[1]![row]!);
  if (sign * (forecast.pUp[1]![row]! - 0.5) <= 0) return 0;
  let weakest = Infinity;
  for (let h = 0; h < horizons.length; h++) {
    const edge = sign * forecast.mean[h]![row]! / forecast.sd[h]![row]! *
      Math.sqrt(horizons[1]! / horizons[h]!);
    weakest = Math.min(weakest, edge);
  }
  return weakest > 0 ? sign * weakest * forecast.sd[1]![row]! : 0;
};

/** Every way of reading a forecast that a trader variant may name. */
export const VIEWS = { middle, strongest, agreed } as const satisfies Record<string, View>;
export type ViewName = keyof typeof VIEWS;
