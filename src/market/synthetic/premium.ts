import { autoregression, componentStream } from "./noise.ts";
import { ofCoin, PREMIUM } from "./parameters.ts";
import type { Candles } from "./candles.ts";

/** Mark and index candles of one coin, USDT; each [rows]. */
export interface MarkAndIndex {
  readonly markOpen: Float64Array;
  readonly markHigh: Float64Array;
  readonly markLow: Float64Array;
  readonly markClose: Float64Array;
  readonly indexOpen: Float64Array;
  readonly indexHigh: Float64Array;
  readonly indexLow: Float64Array;
  readonly indexClose: Float64Array;
}

/** The two parts of the premium that all coins share, unit variance; each [rows]. */
export interface SharedPremium {
  readonly slow: Float64Array;
  readonly fast: Float64Array;
}

export function sharedPremium(seed: number, rows: number): SharedPremium {
  return {
    slow: autoregression(componentStream(seed, "shared slow premium"), rows, PREMIUM.slow),
    fast: autoregression(componentStream(seed, "shared fast premium"), rows, PREMIUM.fast),
  };
}

/** The mark lies a little off the last price, the index a premium off the mark. */
export function syntheticMarkAndIndex(
  seed: number,
  coin: number,
  candles: Candles,
  shared: SharedPremium,
  { slowCrowding, hidden }: {
    /** Slow crowding of funding as each row opens; shape [rows]. */
    readonly slowCrowding: Float64Array;
    /** Factors on the index's highs; null for none. */
    readonly hidden: Float64Array | null;
  },
): MarkAndIndex {
  const rows = candles.close.length;
  const ownSlow = autoregression(componentStream(seed, "own slow premium", coin), rows, PREMIUM.slow);
  const ownFast = autoregression(componentStream(seed, "own fast premium", coin), rows, PREMIUM.fast);
  const last = componentStream(seed, "last over mark", coin);
  const commonWeight = Math.sqrt(PREMIUM.commonShare), ownWeight = Math.sqrt(1 - PREMIUM.commonShare);
  const crowdingWeight = Math.sqrt(PREMIUM.crowdingShare), otherWeight = Math.sqrt(1 - PREMIUM.crowdingShare);
  const slowWeight = Math.sqrt(ofCoin(PREMIUM.slowShare, coin)),
    fastWeight = Math.sqrt(1 - ofCoin(PREMIUM.slowShare, coin));

  const markClose = new Float64Array(rows), indexClose = new Float64Array(rows);
  for (let t = 0; t < rows; t++) {
    const slow = crowdingWeight * slowCrowding[t]! +
      otherWeight * (commonWeight * shared.slow[t]! + ownWeight * ownSlow[t]!);
    const fast = commonWeight * shared.fast[t]! + ownWeight * ownFast[t]!;
    const premium = ofCoin(PREMIUM.mean, coin) +
      ofCoin(PREMIUM.sd, coin) * (slowWeight * slow + fastWeight * fast);
    const lastPremium = PREMIUM.lastMean + ofCoin(PREMIUM.lastSd, coin) * last.normal();
    markClose[t] = candles.close[t]! / (1 + 1e-4 * lastPremium);
    indexClose[t] = markClose[t]! / (1 + 1e-4 * premium);
  }
  const mark = derivedCandles(candles, markClose), index = derivedCandles(candles, indexClose);
  return {
    markOpen: mark.open,
    markHigh: mark.high,
    markLow: mark.low,
    markClose,
    indexOpen: index.open,
    indexHigh: hidden ? index.high.map((high, t) => high * hidden[t]!) : index.high,
    indexLow: index.low,
    indexClose,
  };
}

/** Candles around given closes: each opens where the last closed; the last price's extremes, shifted as the close is, widened to hold both. */
function derivedCandles(candles: Candles, close: Float64Array) {
  const rows = close.length;
  const open = new Float64Array(rows), high = new Float64Array(rows), low = new Float64Array(rows);
  for (let t = 0; t < rows; t++) {
    const shift = close[t]! / candles.close[t]!;
    open[t] = t > 0 ? close[t - 1]! : candles.open[0]!;
    high[t] = Math.max(candles.high[t]! * shift, open[t]!, close[t]!);
    low[t] = Math.min(candles.low[t]! * shift, open[t]!, close[t]!);
  }
  return { open, high, low };
}
