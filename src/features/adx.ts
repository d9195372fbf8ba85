import { requireWindow } from "../core/series.ts";

/** Wilder's directional system; each of shape [n], in [0, 100]. */
export interface Adx {
  /** Plus directional indicator: the upward share of the true range. */
  readonly plus: Float64Array;
  /** Minus directional indicator: the downward share. */
  readonly minus: Float64Array;
  /** Average directional index: strength of the trend, whatever its sign. */
  readonly adx: Float64Array;
}

/**
 * Moves that differ by less than this share of the price are equal. Prices stand on a grid of ticks, some 1e-6 of
 * the price or more, and the difference of two of them is rounded by 1e-16 of it: far from both, this tells equal
 * moves from unequal ones whatever unit prices are in.
 */
const SAME_MOVE = 1e-10;

/**
 * Average directional index and its two directional indicators. A bar counts for the side on which it
 * reaches further beyond the bar before, and for none on a tie. The first move is that of row 1. Ties are told apart
 * from rounding, so prices in another unit give the same indices.
 *
 * @param highs, lows, closes Prices (USDT); each of shape [n].
 * @param period Bars in one smoothing window, an integer >= 1.
 * @returns `plus` and `minus` are NaN for `period` rows, `adx` for 2 period - 1. No range at all gives 0.
 * @throws {RangeError} If `period` is not an integer >= 1.
 * @see J. W. Wilder, New Concepts in Technical Trading Systems (1978).
 */
export function adx(highs: Float64Array, lows: Float64Array, closes: Float64Array, period = 14): Adx {
  requireWindow(period, 1, "ADX");
  const n = closes.length;
  const plus = new Float64Array(n).fill(NaN, 0, period);
  const minus = new Float64Array(n).fill(NaN, 0, period);
  const index = new Float64Array(n).fill(NaN, 0, 2 * period - 1);
  const steady = 1 / period;
  let range = 0, up = 0, down = 0, mean = 0;
  for (let i = 1; i < n; i++) {
    const high = highs[i]!, low = lows[i]!, before = closes[i - 1]!;
    const rise = high - highs[i - 1]!, fall = lows[i - 1]! - low;
    const weight = i < period ? 1 / i : steady; // plain mean while warming up
    range += (Math.max(high, before) - Math.min(low, before) - range) * weight;
    const same = SAME_MOVE * high;
    up += ((rise - fall > same && rise > same ? rise : 0) - up) * weight;
    down += ((fall - rise > same && fall > same ? fall : 0) - down) * weight;
    if (i < period) continue;
    plus[i] = range === 0 ? 0 : 100 * up / range;
    minus[i] = range === 0 ? 0 : 100 * down / range;
    const strength = up + down === 0 ? 0 : 100 * Math.abs(up - down) / (up + down);
    const seen = i - period + 1;
    mean += (strength - mean) * (seen < period ? 1 / seen : steady);
    if (i >= 2 * period - 1) index[i] = mean;
  }
  return { plus, minus, adx: index };
}
