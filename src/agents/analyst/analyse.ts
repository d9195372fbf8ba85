import type { Analysis, CoinAnalysis } from "../contracts.ts";
import type { GeneValues } from "../genome.ts";
import { columnOf, logClosesOf, type MarketView, returnsOf, signalOf, volatilityOf } from "../market_view.ts";
import { type Lookbacks, READINGS } from "./readings.ts";
import type { AnalystIdentity, AnalystVariant } from "./variants.ts";

const COLUMN_LIMIT = 4;
/** Gain of the regime logits: at a standard deviation beyond the threshold the odds are e^4. */
const REGIME_GAIN = 4;
/** A regime threshold of .5 asks for .75 sd of trend, the hysteresis level of the causal labels. */
const THRESHOLD_IN_SD = 1.5;
/** Memory (rows) and sharpness of earned weights. */
const EARNED_MEMORY = 360;
const EARNED_GAIN = 8;
/** Smallest sd of one bar: a tenth of a basis point. */
const SD_FLOOR = 1e-5;

/**
 * Runs an analyst over a market: readings mixed into a trend, one bar's sd, regime probabilities, and the
 * feature columns that researchers regress on: the weighted readings, each reading again times how sideways
 * the market is, the derivatives columns and the cross-asset signals. Value t reads rows <= t.
 */
export function analyse(market: MarketView, variant: AnalystVariant, genes: GeneValues): Analysis {
  const { identity } = variant;
  const lookbacks = sortedLookbacks(genes);
  const weights = variant.own.map((gene) => genes[gene.name]!);
  const rows = market.panel.rows;
  const readings = market.panel.coins.map((_, coin) =>
    identity.readings.map((name) => READINGS[name](market, coin, lookbacks))
  );
  const mixture = identity.mixing === "earned" ? earnedWeights(market, readings, weights) : null;
  const context = contextColumns(market, identity);
  const kinds = weights.length;
  const width = 2 * kinds + identity.derivatives.length + identity.signals.length;

  const coins = market.panel.coins.map((_, coin): CoinAnalysis => {
    const own = readings[coin]!;
    const regimes = regimeProbabilities(market, coin, lookbacks[2], genes.regimeThreshold!);
    const trend = new Float64Array(rows);
    const features = new Float64Array(rows * width);
    for (let t = 0; t < rows; t++) {
      const side = regimes[3 * t + 2]! - 0.4; // about its mean, so that both halves carry information
      const at = t * width;
      let mixed = 0;
      for (let i = 0; i < kinds; i++) {
        const share = mixture ? mixture[t * kinds + i]! : weights[i]!;
        const part = share * own[i]![t]!;
        mixed += part;
        features[at + i] = kinds * part;
        features[at + kinds + i] = 2 * side * kinds * part;
      }
      trend[t] = Math.tanh(2 * genes.trendSensitivity! * mixed);
      const columns = context[coin]!;
      for (let i = 0; i < columns.length; i++) {
        const value = columns[i]![t]!;
        features[at + 2 * kinds + i] = Number.isNaN(value)
          ? 0
          : Math.max(-COLUMN_LIMIT, Math.min(COLUMN_LIMIT, value));
      }
    }
    return { trend, sd: barSd(market, coin, identity, lookbacks, weights), regimes, features };
  });
  return { rows, width, coins };
}

/** The three lookbacks in ascending order: learning may cross them, their order is what they mean. */
function sortedLookbacks(genes: GeneValues): Lookbacks {
  const sorted = [genes.shortLookback!, genes.middleLookback!, genes.longLookback!].sort((a, b) => a - b);
  return [sorted[0]!, sorted[1]!, sorted[2]!];
}

/** Derivatives columns and signals of each coin, in the order of the identity. */
function contextColumns(market: MarketView, identity: AnalystIdentity): Float64Array[][] {
  return market.panel.coins.map((_, coin) => [
    ...identity.derivatives.map(({ column, params, scale }) =>
      columnOf(market, coin, column, params).map((value) => scale * value)
    ),
    ...identity.signals.map((name) => signalOf(market, name)),
  ]);
}

/** Probabilities of bull, bear and side from the standardised move over the long lookback; row-major [rows][3]. */
function regimeProbabilities(
  market: MarketView,
  coin: number,
  lookback: number,
  threshold: number,
): Float64Array {
  const rows = market.panel.rows;
  const logClose = logClosesOf(market, coin);
  const sd = volatilityOf(market, coin);
  const out = new Float64Array(3 * rows);
  const barrier = THRESHOLD_IN_SD * threshold;
  for (let t = 0; t < rows; t++) {
    const z = t < lookback ? 0 : (logClose[t]! - logClose[t - lookback]!) / (sd[t]! * Math.sqrt(lookback));
    const bull = Math.exp(Math.min(REGIME_GAIN * (z - barrier), 30));
    const bear = Math.exp(Math.min(REGIME_GAIN * (-z - barrier), 30));
    const total = bull + bear + 1;
    out[3 * t] = bull / total;
    out[3 * t + 1] = bear / total;
    out[3 * t + 2] = 1 / total;
  }
  return out;
}

/**
 * Weights that follow what each reading has foretold: the genes' weights times exp(gain x discounted mean of
 * reading(t-1) x standardised return(t)), over all coins, normalised. Row-major [rows][readings].
 */
function earnedWeights(
  market: MarketView,
  readings: readonly Float64Array[][],
  start: readonly number[],
): Float64Array {
  const rows = market.panel.rows;
  const kinds = start.length;
  const out = new Float64Array(rows * kinds);
  const merit = new Float64Array(kinds);
  const returns = readings.map((_, coin) => returnsOf(market, coin));
  const sds = readings.map((_, coin) => volatilityOf(market, coin));
  for (let t = 0; t < rows; t++) {
    let total = 0;
    for (let i = 0; i < kinds; i++) {
      if (t > 0) {
        let foretold = 0;
        for (let coin = 0; coin < readings.length; coin++) {
          foretold += readings[coin]![i]![t - 1]! * returns[coin]![t]! / sds[coin]![t - 1]!;
        }
        merit[i]! += (foretold / readings.length - merit[i]!) / EARNED_MEMORY;
      }
      const share = start[i]! * Math.exp(EARNED_GAIN * merit[i]!);
      out[t * kinds + i] = share;
      total += share;
    }
    for (let i = 0; i < kinds; i++) out[t * kinds + i]! /= total;
  }
  return out;
}

/** One bar's sd: of returns over the middle lookback, or mixed from the variant's measures by its weights. */
function barSd(
  market: MarketView,
  coin: number,
  identity: AnalystIdentity,
  [short, middle]: Lookbacks,
  weights: readonly number[],
): Float64Array {
  const byReturns = volatilityOf(market, coin, 1 - 2 / (middle + 3));
  if (identity.sd === "returns") return byReturns;
  // Each measure as an estimate of the sd: a bar's range is 1.6 sd of a Brownian path on average, and a
  // random walk's level over w bars has an sd of sqrt((w + 1) / 6) steps (bandwidth spans four of them).
  const span = Math.sqrt((middle + 1) / 6);
  const measures = [
    { column: columnOf(market, coin, "atrRatio", [short]), scale: 1 / 1.6 },
    { column: columnOf(market, coin, "volatility", [middle]), scale: 1 },
    { column: columnOf(market, coin, "range", [short]), scale: 1 / 1.6 },
    { column: columnOf(market, coin, "bandwidth", [middle]), scale: 1 / (4 * span) },
  ];
  const out = new Float64Array(market.panel.rows);
  for (let t = 0; t < out.length; t++) {
    let sd = 0;
    for (let i = 0; i < measures.length; i++) {
      const value = measures[i]!.column[t]! * measures[i]!.scale;
      sd += weights[i]! * (Number.isNaN(value) ? byReturns[t]! : value);
    }
    out[t] = Math.max(sd, SD_FLOOR);
  }
  return out;
}
