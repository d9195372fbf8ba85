import { type Method, plainMethod } from "../../method.ts";
import type { CoinForecast } from "../../researcher/forecast.ts";

/** The forecast of one coin. */
export interface ViewInput {
  /** Of one coin. */
  readonly forecast: CoinForecast;
  /** Symbol of the coin, for messages; left out where nobody named it. */
  readonly coin?: string;
  /** In bars, ascending. */
  readonly horizons: readonly number[];
  /** Rows of every series. */
  readonly rows: number;
}

/** What a trader expects a coin to return over its middle horizon, a fraction, read from the forecast; shape [rows]. */
export type ViewMethod = Method<ViewInput, Float64Array>;

/** A view that reads one row at a time. */
export function view(
  summary: string,
  read: (forecast: CoinForecast, horizons: readonly number[], row: number) => number,
): ViewMethod {
  return plainMethod(summary, ({ forecast, horizons, rows }: ViewInput) => {
    const out = new Float64Array(rows);
    for (let t = 0; t < rows; t++) out[t] = read(forecast, horizons, t);
    return out;
  });
}
