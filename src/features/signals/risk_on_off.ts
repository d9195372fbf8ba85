import { REBUILD_SHARE, simpleReturns } from "../../core/series.ts";
import { REFERENCE_COIN } from "../../core/universe.ts";
import { coinIndex, type Panel } from "../../market/panel.ts";
import { MONTH } from "./windows.ts";

/**
 * Beta of the altcoins (equal weights) to BTC over the last month, signed by where BTC went: times tanh of
 * the t statistic of BTC's mean return over the same rows. High reads as risk-on: the amplified bet is being
 * taken upwards; far below 0, the amplified bet is being taken off.
 *
 * @returns Shape [rows], about in [-2, 2]; NaN for the first 180 rows.
 */
export function riskOnOff(panel: Panel): Float64Array {
  const moves = panel.coins.map((bars) => simpleReturns(bars.close));
  const reference = coinIndex(panel, REFERENCE_COIN);
  const btc = moves[reference]!;
  const altcoins = new Float64Array(panel.rows);
  for (let c = 0; c < moves.length; c++) {
    if (c === reference) continue;
    for (let t = 0; t < altcoins.length; t++) altcoins[t]! += moves[c]![t]! / (moves.length - 1);
  }
  const out = new Float64Array(panel.rows).fill(NaN);
  let x = 0, y = 0, xx = 0, xy = 0, largest = 0;
  for (let t = MONTH; t < out.length; t++) { // returns start at row 1
    let due = t % MONTH === 0; // against rounding
    if (!due) {
      const b = btc[t]!, a = altcoins[t]!, oldB = btc[t - MONTH]!, oldA = altcoins[t - MONTH]!;
      x += b - oldB;
      y += a - oldA;
      xx += b * b - oldB * oldB;
      xy += b * a - oldB * oldA;
      const size = Math.max(xx, Math.abs(xy));
      if (size > largest) largest = size;
      due = Math.min(size, xx - x * x / MONTH) < REBUILD_SHARE * largest; // an outlier has left
    }
    if (due) {
      x =
        y =
        xx =
        xy =
          0;
      for (let k = t - MONTH + 1; k <= t; k++) {
        x += btc[k]!;
        y += altcoins[k]!;
        xx += btc[k]! * btc[k]!;
        xy += btc[k]! * altcoins[k]!;
      }
      largest = Math.max(xx, Math.abs(xy));
    }
    const spread = xx - x * x / MONTH;
    const statistic = x / Math.sqrt(spread * MONTH / (MONTH - 1));
    out[t] = spread > 0 ? (xy - x * y / MONTH) / spread * Math.tanh(statistic) : 0;
  }
  return out;
}
