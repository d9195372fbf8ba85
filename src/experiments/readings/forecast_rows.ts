import type { EvaluationWindow } from "../../agents/evaluator.ts";
import type { NumberTable } from "../../core/number_table.ts";
import type { Forecast } from "../../inventory/researcher/forecast.ts";
import { ensembleScorer } from "../../stats/proper_scores.ts";

/** Columns of the table. */
const FORECAST_COLUMNS = [
  "place",
  "row",
  "coin",
  "horizon",
  "mean",
  "sd",
  "rise",
  "outcome",
  "crpsOfPast",
] as const;

/** Index of the middle of three horizons, the one that is judged. */
const MIDDLE = 1;

/**
 * A researcher's forecasts over its middle horizon h beside what came, as rows of a table: only outcomes that have
 * matured by row `to`, only every h-th row from `from` on, so that no two outcomes of a coin share a bar.
 *
 * @param forecast As traders read it: mean, sd and probability of a rise.
 * @param closes Closing prices of every coin, USDT; [coin][rows].
 * @param place The researcher's place in the population.
 * @returns Columns `place`, `row`, `coin`, `horizon`, `mean`, `sd`, `rise` (its probability), `outcome` (simple
 *   return) and `crpsOfPast`: the score, for the same outcome, of the distribution of the coin's returns over h bars that
 *   had matured by row `from` (climatology). No rows where none had, nor where a method still warms up (sd 0).
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
    const scorePast = climatology(closes[coin]!, from, horizon);
    return starts.filter((t) => sd[MIDDLE]![t]! > 0).map((t) => {
      const outcome = closes[coin]![t + horizon]! / closes[coin]![t]! - 1;
      return {
        place,
        row: t,
        coin,
        horizon,
        mean: mean[MIDDLE]![t]!,
        sd: sd[MIDDLE]![t]!,
        rise: pUp[MIDDLE]![t]!,
        outcome,
        crpsOfPast: scorePast(outcome),
      };
    });
  });
  return Object.fromEntries(
    FORECAST_COLUMNS.map((name) => [name, Float64Array.from(rows, (row) => row[name])]),
  );
}

/** Score of the distribution of a coin's returns over `horizon` bars that had matured by row `at`. */
function climatology(close: Float64Array, at: number, horizon: number): (outcome: number) => number {
  const returns = new Float64Array(at - horizon + 1);
  for (let t = 0; t < returns.length; t++) returns[t] = close[t + horizon]! / close[t]! - 1;
  return ensembleScorer(returns);
}
