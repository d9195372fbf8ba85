import { REBUILD_SHARE, requireWindow } from "../core/series.ts";

/**
 * Balance of traded value: that of rising bars minus that of falling bars, as a share of all, over the last
 * `window` bars. It is the change of on-balance volume over the window, freed of its arbitrary level.
 *
 * @param closes Closing prices (USDT); shape [n].
 * @param turnover Traded value (USDT), >= 0; shape [n].
 * @param window Bars, an integer >= 1.
 * @returns Shape [n], in [-1, 1]; the first `window` values are NaN (row 0 has no move). No trade gives 0.
 * @throws {RangeError} If `window` is not an integer >= 1.
 * @see J. Granville, New Key to Stock Market Profits (1963), for on-balance volume.
 */
export function volumeBalance(closes: Float64Array, turnover: Float64Array, window: number): Float64Array {
  requireWindow(window, 1, "a volume balance");
  const n = closes.length;
  const out = new Float64Array(n).fill(NaN, 0, window);
  const signed = new Float64Array(n);
  for (let i = 1; i < n; i++) {
    const now = closes[i]!, before = closes[i - 1]!, traded = turnover[i]!;
    signed[i] = (Number(now > before) - Number(now < before)) * traded;
  }
  let balance = 0, total = 0, largest = 0, next = window;
  for (let i = window; i < n; i++) {
    let due = i === next; // against rounding, every `window` rows: a division a row would cost as much as the rest
    if (due) next += window;
    if (!due) {
      balance += signed[i]! - signed[i - window]!;
      total += turnover[i]! - turnover[i - window]!;
      if (total > largest) largest = total;
      due = total < REBUILD_SHARE * largest; // an outlier has left
    }
    if (due) {
      balance = total = 0;
      for (let k = i - window + 1; k <= i; k++) {
        balance += signed[k]!;
        total += turnover[k]!;
      }
      largest = total;
    }
    out[i] = total > 0 ? Math.max(-1, Math.min(1, balance / total)) : 0;
  }
  return out;
}
