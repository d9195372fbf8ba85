import { difference, ewmaVolatility, logarithm, rollingMoments, simpleReturns } from "../core/series.ts";
import { type Panel, referenceIndex } from "./panel.ts";

/** Trend labels, in the order of the synthetic truth. */
export const TREND_NAMES = ["bull", "bear", "side"] as const;
export const BULL = 0, BEAR = 1, SIDE = 2;

/** Volatility labels. */
export const VOLATILITY_NAMES = ["low", "high"] as const;
export const LOW_VOLATILITY = 0, HIGH_VOLATILITY = 1;
/** Before there are enough bars for a median. */
export const UNKNOWN_VOLATILITY = -1;

/** The rows over which a trend is measured: 30 days. */
const TREND_ROWS = 180;
const ENTER = 0.75, LEAVE = 0.25;
/** The least rows for a median volatility: 120 days. */
const MEDIAN_ROWS = 720;
const DECAY = 0.97;

/**
 * Trend of each row from its past: z_t = (ln P_t - ln P_{t-180}) / (s_t sqrt(180)), s_t the sd of the last 180
 * log returns. A trend is entered at |z| >= 0.75 and left at |z| <= 0.25 (hysteresis keeps labels from
 * flickering); everything else is side, as are the first 180 rows.
 *
 * @param closes Shape [n], USDT.
 * @returns BULL, BEAR or SIDE; shape [n]. Value t reads closes[0..t] only.
 */
export function trendRegimes(closes: Float64Array): Int8Array {
  const n = closes.length, prices = logarithm(closes);
  const out = new Int8Array(n).fill(SIDE);
  if (n <= TREND_ROWS) return out;
  const move = difference(prices, TREND_ROWS);
  const { sd } = rollingMoments(difference(prices, 1).subarray(1), TREND_ROWS); // value k is about row k + 1
  let state = SIDE;
  for (let t = TREND_ROWS; t < n; t++) {
    const spread = sd[t - 1]! * Math.sqrt(TREND_ROWS);
    const z = spread > 0 ? move[t]! / spread : 0; // a price that never moved has no trend
    if (state === BULL && z <= LEAVE || state === BEAR && z >= -LEAVE) state = SIDE;
    if (z >= ENTER) state = BULL;
    else if (z <= -ENTER) state = BEAR;
    out[t] = state;
  }
  return out;
}

/**
 * Volatility of each row against its own past: high if the exponentially weighted volatility (decay 0.97) exceeds
 * its median over all rows so far, at least 720 of them.
 *
 * @param closes Shape [n], USDT.
 * @returns LOW_VOLATILITY or HIGH_VOLATILITY, UNKNOWN_VOLATILITY in the first 719 rows; shape [n]. Value t reads closes[0..t] only.
 */
export function volatilityRegimes(closes: Float64Array): Int8Array {
  const volatility = ewmaVolatility(simpleReturns(closes), DECAY), median = expandingMedian(volatility);
  return Int8Array.from(volatility, (value, t) => {
    if (t < MEDIAN_ROWS - 1) return UNKNOWN_VOLATILITY;
    return value > median[t]! ? HIGH_VOLATILITY : LOW_VOLATILITY;
  });
}

/** Both labels of each row; shape [rows] each. */
export interface MarketRegimes {
  readonly trend: Int8Array;
  readonly volatility: Int8Array;
}

/** The regime of the whole market is the reference coin's, of one coin its own. */
export function marketRegimes(panel: Panel): MarketRegimes {
  const closes = panel.coins[referenceIndex(panel)]!.close;
  return { trend: trendRegimes(closes), volatility: volatilityRegimes(closes) };
}

/** Median of values 0..t for each t, by insertion into a sorted array; shape [n]. */
export function expandingMedian(values: Float64Array): Float64Array {
  const sorted = new Float64Array(values.length);
  return values.map((value, size) => {
    let low = 0, high = size;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sorted[middle]! < value) low = middle + 1;
      else high = middle;
    }
    sorted.copyWithin(low + 1, low, size);
    sorted[low] = value;
    const middle = size >> 1;
    return size % 2 === 0 ? sorted[middle]! : (sorted[middle]! + sorted[middle + 1]!) / 2;
  });
}
