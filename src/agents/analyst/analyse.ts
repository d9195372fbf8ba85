import { columnOf, type MarketView, signalOf } from "../../features/market_view.ts";
import type { GeneValues } from "../../genome/gene.ts";
import type { Lookbacks } from "../../inventory/analyst/features/reading.ts";
import type { MixtureInput } from "../../inventory/analyst/trends/mixture.ts";
import { methodNamed } from "../../inventory/pools.ts";
import type { Agent } from "../agent.ts";
import type { Analysis, CoinAnalysis } from "../contracts.ts";
import { type Identities, weightGene } from "../variant.ts";

const COLUMN_LIMIT = 4;
/** Columns of news that every analyst hands on where the panel has news, and what brings them to about unit scale. */
const NEWS = [["newsSentiment", 3], ["newsOverall", 3]] as const;

/**
 * Runs an analyst over a market: readings mixed into a trend, one bar's sd, regime probabilities, and the
 * feature columns that researchers regress on: the weighted readings, each reading again times how sideways
 * the market is, the derivatives columns, the cross-asset signals, and two columns of news where the panel has news.
 * Value t reads rows <= t.
 */
export function analyse(agent: Agent<"analyst">, market: MarketView): Analysis {
  const { variant, genes } = agent;
  const { identity } = variant, { rows } = market.panel, lookbacks = sortedLookbacks(genes);
  const mixed = mixtureInput(agent, market), { readings, weights } = mixed;
  const mixture = methodNamed("analyst.trends", identity.trend).run(mixed, genes);
  const volatility = methodNamed("analyst.volatility", identity.volatility);
  const regime = methodNamed("analyst.regimes", identity.regimes);
  const context = contextColumns(market, identity);
  const kinds = weights.length;
  const width = 2 * kinds + context[0]!.length;

  const coins = market.panel.coins.map((_, coin): CoinAnalysis => {
    const own = readings[coin]!;
    const threshold = genes.regimeThreshold!;
    const regimes = regime.run({ market, coin, lookback: lookbacks[2], threshold }, genes);
    const trend = new Float64Array(rows);
    const features = new Float64Array(rows * width);
    for (let t = 0; t < rows; t++) {
      const side = regimes[3 * t + 2]! - 0.4; // about its mean, so that both halves carry information
      const at = t * width;
      let sum = 0;
      for (let i = 0; i < kinds; i++) {
        const part = mixture[t * kinds + i]! * own[i]![t]!;
        sum += part;
        features[at + i] = kinds * part;
        features[at + kinds + i] = 2 * side * kinds * part;
      }
      trend[t] = Math.tanh(2 * genes.trendSensitivity! * sum);
      const columns = context[coin]!;
      for (let i = 0; i < columns.length; i++) {
        const value = columns[i]![t]!;
        features[at + 2 * kinds + i] = Number.isNaN(value)
          ? 0
          : Math.max(-COLUMN_LIMIT, Math.min(COLUMN_LIMIT, value));
      }
    }
    return { trend, sd: volatility.run({ market, coin, lookbacks, weights }, genes), regimes, features };
  });
  return { rows, width, coins };
}

/** What an analyst's trend is mixed from. */
function mixtureInput({ variant: { identity }, genes }: Agent<"analyst">, market: MarketView): MixtureInput {
  const lookbacks = sortedLookbacks(genes),
    names = identity.readings.map((key) => weightGene(key, "readings").name);
  return {
    market,
    readings: market.panel.coins.map((_, coin) =>
      identity.readings.map((key) =>
        methodNamed("analyst.features", key).run({ market, coin, lookbacks }, genes)
      )
    ),
    weights: names.map((name) => genes[name]!),
    names,
  };
}

/** What an analyst has learned of its readings' weights by a row; empty where its trend learns nothing of them. */
export function learnedByAnalyst(agent: Agent<"analyst">, market: MarketView, row: number): GeneValues {
  const { learned } = methodNamed("analyst.trends", agent.variant.identity.trend);
  return learned === undefined ? {} : learned(mixtureInput(agent, market), agent.genes, row);
}

/** The three lookbacks in ascending order: learning may cross them, their order is what they mean. */
export function sortedLookbacks(genes: GeneValues): Lookbacks {
  const sorted = [genes.shortLookback!, genes.middleLookback!, genes.longLookback!].sort((a, b) => a - b);
  return [sorted[0]!, sorted[1]!, sorted[2]!];
}

/** Derivatives columns and signals of each coin, in the order of the identity, then news. */
function contextColumns(market: MarketView, identity: Identities["analyst"]): Float64Array[][] {
  return market.panel.coins.map((_, coin) => [
    ...identity.derivatives.map(({ column, params, scale }) =>
      columnOf(market, coin, column, params).map((value) => scale * value)
    ),
    ...identity.signals.map((name) => signalOf(market, name)),
    ...(market.panel.news === null ? [] : NEWS).map(([column, scale]) =>
      columnOf(market, coin, column, []).map((value) => scale * value)
    ),
  ]);
}
