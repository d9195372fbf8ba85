import type { EvaluationWindow } from "../../agents/evaluator.ts";
import type { NumberTable } from "../../core/number_table.ts";
import { INTERVAL, LEVELS } from "../../inventory/researcher/distribution/levels.ts";
import { type Forecast, quantilesAt } from "../../inventory/researcher/forecast.ts";
import { sortedQuantile } from "../../stats/bootstrap.ts";
import { crpsOfQuantiles } from "../../stats/crps_quantiles.ts";

/** Columns of the table. */
const FORECAST_COLUMNS = [
  "place",
  "row",
  "coin",
  "horizon",
  "mean",
  "sd",
  "rise",
  "low",
  "high",
  "outcome",
  "crps",
  "crpsOfPast",
] as const;

/** Index of the middle of three horizons, the one that is judged. */
const MIDDLE = 1;

/** The central interval that is judged: between these two of the levels, and the share of outcomes it should hold. */
const [LOW, HIGH] = INTERVAL;
export const NOMINAL = .9;

/**
 * A researcher's forecasts over its middle horizon h beside what came, as rows of a table: only outcomes that have
 * matured by row `to`, only every h-th row from `from` on, so that no two outcomes of a coin share a bar.
 *
 * @param forecast As traders read it: mean, sd and probability of a rise.
 * @param closes Closing prices of every coin, USDT; [coin][rows].
 * @param place The researcher's place in the population.
 * @returns Columns `place`, `row`, `coin`, `horizon`, `mean`, `sd`, `rise` (its probability), `low` and
 *   `high` (the 90 % interval), `outcome` (simple return), `crps`, the score of the forecast's quantiles at the dense levels,
 *   and `crpsOfPast`: the same, for the same outcome, of the quantiles of the coin's returns over h bars that had matured by
 *   row `from` (climatology). No rows where none had, nor where a method still warms up (sd 0).
 */
export function forecastRows(
  forecast: Forecast,
  closes: readonly Float64Array[],
  place: number,
  { from, to, coins }: EvaluationWindow,
): NumberTable {
  const horizon = forecast.horizons[MIDDLE];
  const starts: number[] = [];
  for (let t = from; from >= horizon && t + horizon <= to; t += horizon) starts.push(t);
  const rows = coins.flatMap((coin) => {
    const { mean, sd, pUp } = forecast.coins[coin]!;
    if (starts.length === 0) return [];
    const past = climatology(closes[coin]!, from, horizon), quantiles = new Float64Array(LEVELS.length);
    return starts.filter((t) => sd[MIDDLE]![t]! > 0).map((t) => {
      const outcome = closes[coin]![t + horizon]! / closes[coin]![t]! - 1;
      quantilesAt(forecast, coin, MIDDLE, t, quantiles);
      return {
        place,
        row: t,
        coin,
        horizon,
        mean: mean[MIDDLE]![t]!,
        sd: sd[MIDDLE]![t]!,
        rise: pUp[MIDDLE]![t]!,
        low: quantiles[LOW]!,
        high: quantiles[HIGH]!,
        outcome,
        crps: crpsOfQuantiles(LEVELS, quantiles, outcome),
        crpsOfPast: crpsOfQuantiles(LEVELS, past, outcome),
      };
    });
  });
  return Object.fromEntries(
    FORECAST_COLUMNS.map((name) => [name, Float64Array.from(rows, (row) => row[name])]),
  );
}

/** Quantiles at the dense levels of a coin's returns over `horizon` bars that had matured by row `at`. */
export function climatology(close: Float64Array, at: number, horizon: number): Float64Array {
  const past = new Float64Array(Math.max(0, at - horizon + 1));
  for (let t = 0; t < past.length; t++) past[t] = close[t + horizon]! / close[t]! - 1;
  past.sort();
  return Float64Array.from(LEVELS, (level) => sortedQuantile(past, level));
}
