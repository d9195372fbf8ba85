import type { CatalogueName } from "../../features/catalogue.ts";
import type { SignalName } from "../../features/signals/signals.ts";
import type { Gene, GeneValues } from "../genome.ts";
import { weight } from "../genes.ts";
import type { Variant } from "../variant.ts";
import type { ReadingName } from "./readings.ts";

/** A column of derivatives data, with its windows and what brings it to about unit scale. */
export interface DerivativesColumn {
  readonly column: CatalogueName;
  readonly params: readonly number[];
  readonly scale: number;
}

/** What never moves in an analyst: what it looks at and how it combines it. */
export interface AnalystIdentity {
  /** One reading per weight gene, in order. */
  readonly readings: readonly ReadingName[];
  /** Columns of derivatives data it looks at besides, with their windows. */
  readonly derivatives: readonly DerivativesColumn[];
  /** Cross-asset signals it looks at. */
  readonly signals: readonly SignalName[];
  /** `fixed` mixes by the genes; `earned` moves weight to the readings that foretold the last returns. */
  readonly mixing: "fixed" | "earned";
  /** How it measures one bar's sd: by returns, or by the mix of its volatility measures. */
  readonly sd: "returns" | "measures";
}
export type AnalystVariant = Variant<AnalystIdentity> & { readonly role: "analyst" };

interface AnalystStart {
  readonly lookbacks: readonly [number, number, number];
  readonly weights: readonly number[];
  readonly trendSensitivity: number;
  readonly regimeThreshold: number;
}

/** Longest lookback plus the slowest smoothing over it. */
const WARM_UP = 300;

function analyst(
  name: string,
  summary: string,
  start: AnalystStart,
  identity: AnalystIdentity,
): AnalystVariant {
  const own: Gene[] = identity.readings.map((reading) => weight(`${reading}Weight`));
  const [shortLookback, middleLookback, longLookback] = start.lookbacks;
  const genes: GeneValues = {
    shortLookback,
    middleLookback,
    longLookback,
    trendSensitivity: start.trendSensitivity,
    regimeThreshold: start.regimeThreshold,
    ...Object.fromEntries(own.map((gene, i) => [gene.name, start.weights[i]!])),
  };
  return { name, role: "analyst", summary, start: genes, own, identity, warmUp: WARM_UP };
}

/** The five analysts. Weights, lookbacks and sensitivities are starting points that learning may move. */
export const analystVariants: readonly AnalystVariant[] = [
  analyst(
    "technical",
    "TA indicators: RSI, MACD, Bollinger bands, ADX",
    { lookbacks: [14, 21, 50], weights: [.3, .3, .2, .2], trendSensitivity: .6, regimeThreshold: .5 },
    {
      readings: ["rsi", "macd", "bollinger", "directional"],
      derivatives: [{ column: "longRatioZ", params: [180], scale: 1 }],
      signals: ["eth_btc_ratio"],
      mixing: "fixed",
      sd: "returns",
    },
  ),
  analyst(
    "statistical",
    "Serial correlation, volatility, skewness and kurtosis of returns",
    { lookbacks: [20, 60, 120], weights: [.4, .3, .15, .15], trendSensitivity: .4, regimeThreshold: .6 },
    {
      readings: ["serialCorrelation", "calm", "skewness", "tailReversal"],
      derivatives: [{ column: "fundingZ", params: [180], scale: 1 }],
      signals: ["btc_dominance", "cross_correlation"],
      mixing: "fixed",
      sd: "returns",
    },
  ),
  analyst(
    "momentum",
    "Rate of change, momentum, TRIX and PPO",
    { lookbacks: [5, 10, 20], weights: [.4, .3, .2, .1], trendSensitivity: .8, regimeThreshold: .4 },
    {
      readings: ["rateOfChange", "momentum", "trix", "priceOscillator"],
      derivatives: [{ column: "openInterestChange", params: [6], scale: 20 }],
      signals: ["altcoin_momentum", "cross_oi_delta"],
      mixing: "fixed",
      sd: "returns",
    },
  ),
  analyst(
    "volatility",
    "Breakouts confirmed by ATR, standard deviation, range and band width",
    { lookbacks: [10, 20, 30], weights: [.35, .25, .2, .2], trendSensitivity: .3, regimeThreshold: .7 },
    {
      readings: ["atrBreakout", "sdBreakout", "rangeBreakout", "bandBreakout"],
      derivatives: [{ column: "premiumZ", params: [180], scale: 1 }],
      signals: ["market_volatility", "aggregate_funding"],
      mixing: "fixed",
      sd: "measures",
    },
  ),
  analyst(
    "hybrid",
    "Five readings whose weights follow what each has foretold",
    { lookbacks: [14, 28, 56], weights: [.2, .2, .2, .2, .2], trendSensitivity: .5, regimeThreshold: .5 },
    {
      readings: ["rsi", "calm", "momentum", "trendSlope", "volumeConfirmation"],
      derivatives: [{ column: "fundingZ", params: [180], scale: 1 }],
      signals: ["risk_on_off"],
      mixing: "earned",
      sd: "returns",
    },
  ),
];
