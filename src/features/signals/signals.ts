import type { Coin } from "../../core/universe.ts";
import type { ColumnName, Panel } from "../../market/panel.ts";
import { ewmaZ, toReading } from "../standardise.ts";
import { aggregateFunding } from "./aggregate_funding.ts";
import { altcoinMomentum } from "./altcoin_momentum.ts";
import { btcDominance } from "./btc_dominance.ts";
import { crossCorrelation } from "./cross_correlation.ts";
import { crossOiDelta } from "./cross_oi_delta.ts";
import { ethBtcRatio } from "./eth_btc_ratio.ts";
import { marketVolatility } from "./market_volatility.ts";
import { riskOnOff } from "./risk_on_off.ts";

/** The eight signals about the market as a whole, in the order that every array over signals follows. */
export const SIGNAL_NAMES = [
  "btc_dominance",
  "altcoin_momentum",
  "eth_btc_ratio",
  "cross_oi_delta",
  "aggregate_funding",
  "risk_on_off",
  "market_volatility",
  "cross_correlation",
] as const;
/** Name of a signal. */
export type SignalName = (typeof SIGNAL_NAMES)[number];

/** One cross-asset signal. */
export interface Signal {
  /** What it measures, with its unit. */
  readonly summary: string;
  /** What a trader reads from it. */
  readonly readsAs: string;
  /** Columns of the bars beside prices and trading, and coins, that it means nothing without. */
  readonly needs?: { readonly columns?: readonly ColumnName[]; readonly coins?: readonly Coin[] };
  /** Whole-series function of the panel, shape [rows]; value t reads rows <= t; NaN while warming up. */
  readonly compute: (panel: Panel) => Float64Array;
}

/** Every cross-asset signal by name. */
export const SIGNALS = {
  btc_dominance: {
    summary: "BTC share of the coins' traded value over a week",
    readsAs: "high = risk-off",
    needs: { coins: ["BTC"] },
    compute: btcDominance,
  },
  altcoin_momentum: {
    summary: "mean return of the altcoins over a week, a fraction",
    readsAs: "positive = risk-on",
    needs: { coins: ["BTC"] },
    compute: altcoinMomentum,
  },
  eth_btc_ratio: {
    summary: "price of one ETH in BTC",
    readsAs: "rising = ETH outperforms",
    needs: { coins: ["BTC", "ETH"] },
    compute: ethBtcRatio,
  },
  cross_oi_delta: {
    summary: "change of total open interest over a day at constant prices, a fraction",
    readsAs: "rising = conviction",
    needs: { columns: ["openInterest"] },
    compute: crossOiDelta,
  },
  aggregate_funding: {
    summary: "funding rate weighted by open interest, a fraction per 8 h",
    readsAs: "high = crowded long",
    needs: { columns: ["openInterest", "fundingRate"] },
    compute: aggregateFunding,
  },
  risk_on_off: {
    summary: "altcoin beta to BTC over a month, signed by BTC's move",
    readsAs: "high = risk-on",
    needs: { coins: ["BTC"] },
    compute: riskOnOff,
  },
  market_volatility: {
    summary: "volatility over a week weighted by traded value, a fraction per year",
    readsAs: "high = uncertainty",
    compute: marketVolatility,
  },
  cross_correlation: {
    summary: "mean pairwise correlation of returns over a month",
    readsAs: "high = macro-driven",
    compute: crossCorrelation,
  },
} as const satisfies Record<SignalName, Signal>;

/** Decay of the mean and variance that standardise a signal: 90 days, slow against the signals' own windows. */
export const SIGNAL_TAU = 540;

/** Values a signal must have shown before it is read. With a month's window before it, all are read by row 300. */
export const SIGNAL_WARM_UP = 120;

/** The signals that a panel has: none of one coin, and none without the columns and the coins that it needs. */
export function signalsIn({ coins, missing }: Pick<Panel, "coins" | "missing">): SignalName[] {
  if (coins.length === 1) return [];
  const traded = coins.map(({ coin }) => coin);
  return SIGNAL_NAMES.filter((name) => {
    const { columns = [], coins: needed = [] } = (SIGNALS[name] as Signal).needs ?? {};
    return needed.every((coin) => traded.includes(coin)) &&
      !columns.some((column) => missing.includes(column));
  });
}

/** All eight signals in their own units, each of shape [rows], NaN while warming up and throughout where one is absent. */
export function crossAssetSignals(panel: Panel): Record<SignalName, Float64Array> {
  const present = signalsIn(panel);
  return mapSignals((name) =>
    present.includes(name) ? SIGNALS[name].compute(panel) : new Float64Array(panel.rows).fill(NaN)
  );
}

/**
 * All eight signals as causal z-scores for agents to read: about unit scale, in [-4, 4], 0 while warming up and
 * throughout where one is absent; each of shape [rows].
 */
export function standardisedSignals(panel: Panel): Record<SignalName, Float64Array> {
  const signals = crossAssetSignals(panel);
  return mapSignals((name) => standardiseSignal(signals[name]));
}

/** One signal as a causal z-score: in [-4, 4], 0 while warming up. */
export function standardiseSignal(signal: Float64Array): Float64Array {
  return toReading(ewmaZ(signal, SIGNAL_TAU, SIGNAL_WARM_UP));
}

function mapSignals(compute: (name: SignalName) => Float64Array): Record<SignalName, Float64Array> {
  return Object.fromEntries(SIGNAL_NAMES.map((name) => [name, compute(name)])) as Record<
    SignalName,
    Float64Array
  >;
}
