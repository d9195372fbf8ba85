import { type Method, OWN_RULE, plainMethod } from "../../method.ts";
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

/**
 * A view that reads one row at a time.
 *
 * @param reader Makes, for one coin, what reads a row.
 */
export function view(
  summary: string,
  reader: (forecast: CoinForecast, horizons: readonly number[]) => (row: number) => number,
): ViewMethod {
  return plainMethod(summary, ({ forecast, horizons, rows }: ViewInput) => {
    const out = new Float64Array(rows), read = reader(forecast, horizons);
    for (let t = 0; t < rows; t++) out[t] = read(t);
    return out;
  }, { source: OWN_RULE });
}

/** What an edge over each horizon is brought to the middle one by: the root of their ratio. */
export function rootsToMiddle(horizons: readonly number[]): number[] {
  return horizons.map((horizon) => Math.sqrt(horizons[1]! / horizon));
}
