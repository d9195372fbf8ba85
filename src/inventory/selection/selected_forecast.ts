import { trendRegimes } from "../../market/regimes.ts";
import type { CoinForecast, Forecast } from "../researcher/forecast.ts";
import type { ForecastingInput, ForecastingMethod } from "../researcher/forecasting/forecasting.ts";
import { cumulativeGrowth } from "../researcher/labels.ts";
import { type SelectingMethod, selectingMethod } from "./selecting_method.ts";
import type { SelectionSettings } from "./settings.ts";

/** Standardised errors beyond this count as this: one crash must not decide among methods. */
const MOST_ERROR = 5;

/**
 * A forecaster that chooses among others by the logarithm of the density that each gave what came, over the shortest
 * horizon, taken as normal: a proper score of mean and width alike. Rows are those of the chosen method; its shapes are left
 * out, as one stretch of rows may come of several.
 */
export function selectingForecaster(
  methods: Readonly<Record<string, ForecastingMethod>>,
  settings: Partial<SelectionSettings> = {},
): SelectingMethod<ForecastingInput, Forecast> {
  return selectingMethod({
    summary: `One of ${Object.keys(methods).join(", ")}, chosen by regime and past scores`,
    group: "researcher.forecasting",
    methods,
    settings,
    merit: ({ task }) => densityMeritsOver(task.returns),
    contexts: ({ task }) => trendRegimes(cumulativeGrowth(task.returns[0]!)),
    firstRow: ({ task }) => task.firstRow,
    pick: pickForecast,
  });
}

/** Mean over the coins of the log density at row t of the forecast whose shortest horizon ends there; shape [rows]. */
export function densityMerits(forecast: Forecast, returns: readonly Float64Array[]): Float64Array {
  return densityMeritsOver(returns)(forecast);
}

/** The same for any number of forecasts of the same returns. */
function densityMeritsOver(returns: readonly Float64Array[]): (forecast: Forecast) => Float64Array {
  const growths = returns.map(cumulativeGrowth);
  return (forecast) => meritsAgainst(forecast, growths);
}

function meritsAgainst({ rows, horizons, coins }: Forecast, growths: readonly Float64Array[]): Float64Array {
  const out = new Float64Array(rows), [horizon] = horizons;
  coins.forEach(({ mean: [means], sd: [widths] }, coin) => {
    const growth = growths[coin]!;
    for (let t = horizon; t < rows; t++) {
      const made = t - horizon, width = widths![made]!;
      const error = (growth[t]! / growth[made]! - 1 - means![made]!) / width;
      out[t]! -= (Math.min(error * error, MOST_ERROR ** 2) / 2 + Math.log(width)) / coins.length;
    }
  });
  return out;
}

function pickForecast(forecasts: readonly Forecast[], chosen: Uint8Array): Forecast {
  const [{ rows, horizons, levels, coins }] = forecasts as readonly [Forecast];
  const rowsOf = (read: (forecast: Forecast) => Float64Array, width: number) => {
    const out = new Float64Array(read(forecasts[0]!).length);
    const all = forecasts.map(read);
    for (let t = 0; t < rows && out.length > 0; t++) {
      for (let i = t * width; i < (t + 1) * width; i++) out[i] = all[chosen[t]!]![i]!;
    }
    return out;
  };
  return {
    rows,
    horizons,
    levels,
    coins: coins.map((_, coin): CoinForecast => ({
      mean: horizons.map((_, h) => rowsOf((one) => one.coins[coin]!.mean[h]!, 1)),
      sd: horizons.map((_, h) => rowsOf((one) => one.coins[coin]!.sd[h]!, 1)),
      pUp: horizons.map((_, h) => rowsOf((one) => one.coins[coin]!.pUp[h]!, 1)),
      quantiles: horizons.map((_, h) => rowsOf((one) => one.coins[coin]!.quantiles[h]!, levels.length)),
    })),
  };
}
