import type { Identities, Variant } from "../variant.ts";

interface AnalystStart {
  readonly lookbacks: readonly [number, number, number];
  readonly weights: readonly number[];
  readonly trendSensitivity: number;
  readonly regimeThreshold: number;
}

/** What most analysts do alike. */
const USUAL = { trend: "fixed", volatility: "returns", regimes: "standardisedMove" } as const;

function analyst(
  name: string,
  summary: string,
  { lookbacks, weights, trendSensitivity, regimeThreshold }: AnalystStart,
  own: Pick<Identities["analyst"], "readings" | "derivatives" | "signals"> & Partial<Identities["analyst"]>,
): Variant<"analyst"> {
  const [shortLookback, middleLookback, longLookback] = lookbacks;
  const shares = own.readings.map((reading, i) => [`${reading}Weight`, weights[i]!]);
  return {
    name,
    role: "analyst",
    summary,
    start: {
      shortLookback,
      middleLookback,
      longLookback,
      trendSensitivity,
      regimeThreshold,
      ...Object.fromEntries(shares),
    },
    identity: { ...USUAL, ...own },
  };
}

/** The five analysts. Weights, lookbacks and sensitivities are starting points that learning may move. */
export const analystVariants: readonly Variant<"analyst">[] = [
  analyst(
    "technical",
    "TA indicators: RSI, MACD, Bollinger bands, ADX",
    { lookbacks: [14, 21, 50], weights: [.3, .3, .2, .2], trendSensitivity: .6, regimeThreshold: .5 },
    {
      readings: ["rsi", "macd", "bollinger", "directional"],
      derivatives: [{ column: "longRatioZ", params: [180], scale: 1 }],
      signals: ["eth_btc_ratio"],
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
      volatility: "measures",
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
      trend: "earned",
    },
  ),
];
