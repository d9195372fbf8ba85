/** How much of the next bar's return researchers foretell, beside the floor that each of them starts from. */
import * as z from "zod";
import { agentOf, type Pipeline } from "../agents/agent.ts";
import { VARIANTS } from "../agents/catalogue.ts";
import { analysisOf, type Desk, forecastOf } from "../agents/desk.ts";
import { forecastTask } from "../agents/researcher/research.ts";
import { geneSet, startGenome, startValues } from "../agents/variant.ts";
import { returnsOf, volatilityOf } from "../features/market_view.ts";
import { encodeGenome } from "../genome/genome.ts";
import { standardisedLabels } from "../inventory/researcher/labels.ts";
import { floorPredictions } from "../inventory/researcher/models/floor.ts";
import { DECLARED } from "./declared_five.ts";

const byAnalyst = z.record(z.string(), z.number());

export const meanMarketSchema = z.strictObject({
  marketSeed: z.int(),
  truth: z.number().describe("IC of the planted expected return itself"),
  floor: byAnalyst.describe("IC of the plain ridge on each analyst's features"),
  researchers: z.record(z.string(), byAnalyst).describe("IC of each researcher behind each analyst"),
  together: z.number().describe("IC of the mean of all 25 forecasts"),
});
/** One-bar information coefficients on one planted market. */
export type MeanMarket = Readonly<z.output<typeof meanMarketSchema>>;

/**
 * One-bar information coefficients of all declared pairs on one market: the correlation around 0, coins together, of
 * what was said of the next bar's return and the return, both over the EWMA volatility. Researchers are of their
 * declared genomes but for a short horizon of one bar.
 *
 * @param truth Expected return of each bar, as the maker of the market knows it; [coin][rows].
 * @param from First row that is judged.
 */
export function meanMarket(
  desk: Desk,
  marketSeed: number,
  truth: readonly Float64Array[],
  from: number,
): MeanMarket {
  const { market } = desk, { rows } = market.panel, coins = market.panel.coins.map((_, coin) => coin);
  const sds = coins.map((coin) => volatilityOf(market, coin)),
    returns = coins.map((coin) => returnsOf(market, coin));
  const outcomes = coins.map((c) => returns[c]!.map((value, t) => t > 0 ? value / sds[c]![t - 1]! : 0));
  const score = (said: readonly Float64Array[]) => informationCoefficient(said, outcomes, from, rows);
  const total = coins.map(() => new Float64Array(rows)), floor: Record<string, number> = {};
  const researchers: Record<string, Record<string, number>> = {};
  for (const analyst of DECLARED.analyst) {
    for (const researcher of DECLARED.researcher) {
      const pipeline = oneBarPair(analyst, researcher);
      const said = forecastOf(desk, pipeline).coins.map(({ mean }, c) =>
        mean[0]!.map((value, t) => value / sds[c]![t]!)
      );
      said.forEach((series, c) => series.forEach((value, t) => total[c]![t]! += value));
      (researchers[researcher] ??= {})[analyst] = score(said);
      floor[analyst] ??= score(oneBarFloor(desk, pipeline, sds));
    }
  }
  const known = truth.map((series, c) => sds[c]!.map((sd, t) => (series[t + 1] ?? 0) / sd));
  return { marketSeed, truth: score(known), floor, researchers, together: score(total) };
}

/** A declared analyst and researcher, the latter with a short horizon of one bar. */
function oneBarPair(analyst: string, name: string): Pipeline {
  const variant = VARIANTS.researcher.find((one) => one.name === name)!;
  const genome = encodeGenome(name, geneSet(variant), { ...startValues(variant), shortHorizon: 1 });
  const other = VARIANTS.analyst.find((one) => one.name === analyst)!;
  return {
    analyst: agentOf("analyst", startGenome(other)),
    researcher: agentOf("researcher", genome),
    trader: null,
    risk: null,
  };
}

/** What the floor says of the next bar's return over the EWMA volatility; [coin][rows]. */
function oneBarFloor(desk: Desk, pipeline: Pipeline, sds: readonly Float64Array[]): Float64Array[] {
  const task = forecastTask(pipeline.researcher!, desk.market, analysisOf(desk, pipeline), "");
  return floorPredictions(task, standardisedLabels(task))[0]!.map((series, c) =>
    series.map((value, t) => value * task.sd[c]![t]! / sds[c]![t]!)
  );
}

/** Correlation around 0 of what was said at row t and the outcome of row t + 1, rows from..rows-2, coins together. */
export function informationCoefficient(
  said: readonly Float64Array[],
  outcomes: readonly Float64Array[],
  from: number,
  rows: number,
): number {
  let xy = 0, xx = 0, yy = 0;
  said.forEach((series, c) => {
    for (let t = from; t + 1 < rows; t++) {
      const x = series[t]!, y = outcomes[c]![t + 1]!;
      xy += x * y;
      xx += x * x;
      yy += y * y;
    }
  });
  return xx > 0 ? xy / Math.sqrt(xx * yy) : 0;
}
