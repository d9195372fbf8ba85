import type { Method } from "../../method.ts";
import type { Forecast } from "../forecast.ts";
import { cumulativeGrowth } from "../labels.ts";
import { REFIT_EVERY } from "../refits.ts";
import type { ForecastTask } from "../task.ts";

/** What was said of a rise over one horizon, and what came of it. */
export interface ProbabilityInput {
  /** Bars. */
  readonly horizon: number;
  /** Absolute number of row 0. */
  readonly firstRow: number;
  /** Said probability of a rise; [coin][rows]. */
  readonly said: readonly Float64Array[];
  /** 1 where the price rose over the next `horizon` rows, 0 where it did not; read up to row t - horizon at row t. [coin][rows]. */
  readonly rose: readonly Float64Array[];
}

/** Probabilities of a rise, calibrated by what came of earlier ones; [coin][rows]. Value t reads rows <= t. */
export type ProbabilityMethod = Method<ProbabilityInput, readonly Float64Array[]>;

/** Independent outcomes of each coin that a map is fitted to, and the least of all coins together. */
const WINDOW = 360, LEAST = 200;
/** Row of the first forecast of the declared researchers but `adaptive`, whose is earlier. */
const FIRST_FORECAST = 84;

/**
 * Row from which a map answers; before it the said probabilities stand. Outcomes of all coins count together and those
 * of one coin must not overlap, so a market of one coin waits for five times as long.
 *
 * @param horizon Bars.
 */
function mapWarmUp(coins: number, horizon: number): number {
  const first = horizon * Math.ceil(FIRST_FORECAST / horizon);
  return REFIT_EVERY * Math.ceil((first + horizon * Math.ceil(LEAST / coins)) / REFIT_EVERY);
}

/** When maps answer and are fitted anew: what all of them state of themselves. */
export const MAP_CALENDAR = {
  warmUp: mapWarmUp(5, 6),
  warmUpOn: mapWarmUp,
  refitEvery: REFIT_EVERY,
} as const;

/** What a map is fitted to, the newest row first; read at once, as its memory is used again. */
export interface ProbabilitySample {
  /** What was said, on the scale of the map; [n]. */
  readonly said: Float64Array;
  /** 1 where the price rose, else 0; [n]. */
  readonly outcomes: Float64Array;
  /** Rows at which it was said; [n]. */
  readonly rows: Int32Array;
}

/**
 * Applies maps that are fitted at every 42nd row to the last matured, independent outcomes of all coins; before the first the said
 * probabilities stand.
 *
 * @param scale What probabilities are turned into before anything is fitted to them, once for all fits.
 * @param fit Fits a map to what was said, on that scale, and what came.
 */
export function recalibrated(
  { horizon, firstRow, said, rose }: ProbabilityInput,
  scale: (p: number) => number,
  fit: (sample: ProbabilitySample) => (scaled: number) => number,
): Float64Array[] {
  const rows = said[0]!.length, out = said.map((series) => series.slice());
  const scaled = said.map((series) => series.map(scale));
  const before = new Float64Array(WINDOW * said.length), after = new Float64Array(before.length);
  const at = new Int32Array(before.length);
  let map: ((scaled: number) => number) | null = null;
  for (let t = (REFIT_EVERY - firstRow % REFIT_EVERY) % REFIT_EVERY; t < rows; t += REFIT_EVERY) {
    const last = t - horizon, newest = last - (firstRow + last) % horizon;
    let count = 0;
    for (let s = newest, n = 0; s >= 0 && n < WINDOW; s -= horizon, n++) {
      for (let c = 0; c < said.length; c++) {
        const probability = said[c]![s]!, outcome = rose[c]![s]!;
        if (probability === .5 || Number.isNaN(probability + outcome)) continue; // nothing was said, or a bar is missing
        before[count] = scaled[c]![s]!;
        after[count] = outcome;
        at[count++] = s;
      }
    }
    if (count >= LEAST) {
      const [said, outcomes, rows] = [
        before.subarray(0, count),
        after.subarray(0, count),
        at.subarray(0, count),
      ];
      map = fit({ said, outcomes, rows });
    }
    if (!map) continue;
    for (let c = 0; c < said.length; c++) {
      for (let s = t; s < Math.min(rows, t + REFIT_EVERY); s++) {
        const value = scaled[c]![s]!;
        if (!Number.isNaN(value)) out[c]![s] = map(value);
      }
    }
  }
  return out;
}

/** A forecast whose probabilities of a rise were moved, horizon by horizon; means, sds and quantiles stay. */
export function withProbabilities(
  forecast: Forecast,
  { returns, rows, firstRow }: ForecastTask,
  move: (input: ProbabilityInput) => readonly Float64Array[],
): Forecast {
  const growth = returns.map(cumulativeGrowth);
  const moved = forecast.horizons.map((horizon, j) => {
    const rose = growth.map((level) => {
      const out = new Float64Array(rows).fill(NaN);
      for (let t = 0; t + horizon < rows; t++) {
        const growth = level[t + horizon]! - level[t]!;
        if (!Number.isNaN(growth)) out[t] = growth > 0 ? 1 : 0;
      }
      return out;
    });
    return move({ horizon, firstRow, said: forecast.coins.map(({ pUp }) => pUp[j]!), rose });
  });
  return {
    ...forecast,
    coins: forecast.coins.map((coin, c) => ({ ...coin, pUp: moved.map((coins) => coins[c]!) })),
  };
}
