/** How good the distributions of researchers are, beside what each coin did before. */
import * as z from "zod";
import { agentOf } from "../agents/agent.ts";
import { variantNamed } from "../agents/catalogue.ts";
import { type Desk, forecastOf } from "../agents/desk.ts";
import { startGenome } from "../agents/variant.ts";
import { INTERVAL, LEVELS } from "../inventory/researcher/distribution/levels.ts";
import { stretchOf, stretchStart } from "../inventory/researcher/distribution/shape.ts";
import { mergeSorted } from "../inventory/researcher/distribution/sorted_quantile.ts";
import { type Forecast, quantilesAt } from "../inventory/researcher/forecast.ts";
import { sortedQuantile } from "../stats/bootstrap.ts";
import { crpsOfQuantiles } from "../stats/crps_quantiles.ts";
import { dieboldMariano } from "../stats/diebold_mariano.ts";
import { DECLARED } from "./declared_five.ts";

const index = z.int().min(0);
const [LOW, HIGH] = INTERVAL;

export const widthCellSchema = z.strictObject({
  researcher: z.string(),
  horizon: index.describe("Bars"),
  coin: index,
  count: index.describe("Outcomes, no two of which share a bar, of all analysts"),
  crps: z.number().describe("Sum of scores at the dense levels, a fraction of price"),
  crpsOfPast: z.number().describe("The same of the coin's returns over as many bars that had matured"),
  covered: index.describe("Outcomes inside the 90 % interval"),
});
/** Scores of one researcher behind the five analysts, over one horizon of one coin. */
export type WidthCell = Readonly<z.output<typeof widthCellSchema>>;

export const widthMarketSchema = z.strictObject({
  market: z.string().describe("Seed of a default market, or what real bars are called"),
  cells: z.array(widthCellSchema),
  accuracy: z.array(z.strictObject({
    researcher: z.string(),
    horizon: index,
    count: index.describe("Rows, no two of which share a bar"),
    mean: z.number().describe("Mean score less that of climatology, over coins and analysts"),
    hln: z.number().describe("Diebold-Mariano statistic with Harvey, Leybourne and Newbold's factor"),
    p: z.number().describe("Two-sided"),
  })),
});
/** Scores on one market. */
export type WidthMarket = Readonly<z.output<typeof widthMarketSchema>>;

/**
 * Scores all declared pairs of one market over their declared horizons, every h-th row from `from` on. Climatology is each coin's
 * own: the quantiles of all its returns over h bars that had matured, renewed with the forecasts' stretches of 42 rows.
 */
export function widthMarket(desk: Desk, market: string, from: number): WidthMarket {
  const { panel } = desk.market, closes = panel.coins.map(({ close }) => close);
  const past = new Map<number, readonly PastScores[]>();
  const pastOf = (h: number) => {
    const known = past.get(h) ?? closes.map((close) => scorePast(close, h, from, panel.firstRow));
    past.set(h, known);
    return known;
  };
  const cells: WidthCell[] = [], accuracy: WidthMarket["accuracy"] = [];
  for (const researcher of DECLARED.researcher) {
    const forecasts = DECLARED.analyst.map((analyst) => declaredForecast(desk, analyst, researcher));
    forecasts[0]!.horizons.forEach((h, j) => {
      const scores = forecasts.map((forecast) =>
        closes.map((close, c) => scoreForecast(forecast, close, c, j, from))
      );
      const scoredPast = pastOf(h);
      closes.forEach((_, coin) => {
        const own = scores.map((coins) => coins[coin]!);
        cells.push({
          researcher,
          horizon: h,
          coin,
          count: own.reduce((sum, { crps }) => sum + crps.length, 0),
          crps: rounded(own.reduce((sum, { crps }) => sum + total(crps), 0)),
          crpsOfPast: rounded(own.length * total(scoredPast[coin]!)),
          covered: own.reduce((sum, { covered }) => sum + covered, 0),
        });
      });
      const differences = scoredPast[0]!.map((_, i) =>
        scores.reduce(
          (sum, coins) => sum + coins.reduce((part, { crps }, c) => part + crps[i]! - scoredPast[c]![i]!, 0),
          0,
        ) / (scores.length * closes.length)
      );
      const { mean, hln, p } = dieboldMariano(differences, 1);
      accuracy.push({
        researcher,
        horizon: h,
        count: differences.length,
        mean: rounded(mean),
        hln: rounded(hln),
        p: rounded(p),
      });
    });
  }
  return { market, cells, accuracy };
}

function declaredForecast(desk: Desk, analyst: string, researcher: string): Forecast {
  return forecastOf(desk, {
    analyst: agentOf("analyst", startGenome(variantNamed("analyst", analyst))),
    researcher: agentOf("researcher", startGenome(variantNamed("researcher", researcher))),
    trader: null,
    risk: null,
  });
}

export type PastScores = readonly number[];

/** Rows that are judged over a horizon: every h-th whose outcome has come. */
export function judged(rows: number, horizon: number, from: number): number[] {
  const out: number[] = [];
  for (let t = from; t + horizon < rows; t += horizon) out.push(t);
  return out;
}

export function outcomeOf(close: Float64Array, row: number, horizon: number): number {
  return close[row + horizon]! / close[row]! - 1;
}

function scoreForecast(forecast: Forecast, close: Float64Array, coin: number, j: number, from: number) {
  const h = forecast.horizons[j]!, quantiles = new Float64Array(LEVELS.length);
  let covered = 0;
  const crps = judged(forecast.rows, h, from).map((t) => {
    const outcome = outcomeOf(close, t, h);
    quantilesAt(forecast, coin, j, t, quantiles);
    if (quantiles[LOW]! <= outcome && outcome <= quantiles[HIGH]!) covered++;
    return crpsOfQuantiles(LEVELS, quantiles, outcome);
  });
  return { crps, covered };
}

/** Scores of a coin's matured past at the judged rows. */
export function scorePast(close: Float64Array, horizon: number, from: number, firstRow: number): PastScores {
  const sorted = new Float64Array(close.length);
  let size = 0, stretch = -1, quantiles = new Float64Array(0);
  return judged(close.length, horizon, from).map((t) => {
    const now = stretchOf(firstRow, t);
    if (now !== stretch) {
      const until = Math.max(size, stretchStart(firstRow, now) - horizon + 1);
      const fresh = Float64Array.from({ length: until - size }, (_, i) => outcomeOf(close, size + i, horizon))
        .sort();
      mergeSorted(sorted, size, fresh);
      size = until;
      stretch = now;
      quantiles = Float64Array.from(LEVELS, (level) => sortedQuantile(sorted.subarray(0, size), level));
    }
    return crpsOfQuantiles(LEVELS, quantiles, outcomeOf(close, t, horizon));
  });
}

const total = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);

/** Nine digits are stored: more tell nothing, and a file is read by people too. */
const rounded = (value: number) => Number(value.toPrecision(9));
