import { logClosesOf, type MarketView, volatilityOf } from "../../../features/market_view.ts";
import { type Method, plainMethod } from "../../method.ts";

/** What regimes are told from. */
export interface RegimeInput {
  /** The bars, and series computed of them. */
  readonly market: MarketView;
  /** Index of the coin. */
  readonly coin: number;
  /** Rows of the move. */
  readonly lookback: number;
  /** The analyst's regime threshold, in [0, 1]. */
  readonly threshold: number;
}

/** Probabilities of bull, bear and side, which sum to 1; row-major [rows][3]. */
export type RegimeMethod = Method<RegimeInput, Float64Array>;

/** Gain of the regime logits: at a standard deviation beyond the threshold the odds are e^4. */
const REGIME_GAIN = 4;
/** A regime threshold of .5 asks for .75 sd of trend, the hysteresis level of the causal labels. */
const THRESHOLD_IN_SD = 1.5;

/** Probabilities from the standardised move over the long lookback. */
export const standardisedMove: RegimeMethod = plainMethod(
  "Bull, bear and side from the move over the long lookback in its own sd",
  ({ market, coin, lookback, threshold }: RegimeInput) => {
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
  },
  { source: "T. Moskowitz, Y. H. Ooi, L. H. Pedersen, Journal of Financial Economics 104 (2012) 228" },
);
