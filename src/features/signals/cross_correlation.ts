import { simpleReturns } from "../../core/series.ts";
import { COIN_COUNT, type Panel } from "../../market/panel.ts";
import { MONTH } from "./windows.ts";

/**
 * Mean of the ten pairwise correlations of the coins' returns over the last month, from running sums. High
 * reads as macro-driven: the coins move as one.
 *
 * @returns Shape [rows], in [-0.25, 1]; NaN for the first 180 rows. A coin that did not move correlates 0.
 */
export function crossCorrelation(panel: Panel): Float64Array {
  const moves = new Float64Array(panel.rows * COIN_COUNT); // row-major, so that a row's five lie together
  panel.coins.forEach((bars, c) => {
    const series = simpleReturns(bars.close);
    for (let t = 0; t < series.length; t++) moves[t * COIN_COUNT + c] = series[t]!;
  });
  const out = new Float64Array(panel.rows).fill(NaN);
  const sums = new Float64Array(COIN_COUNT);
  const products = new Float64Array(COIN_COUNT * COIN_COUNT); // lower triangle
  const inverseSd = new Float64Array(COIN_COUNT);

  function add(row: number, sign: 1 | -1): void {
    for (let i = 0; i < COIN_COUNT; i++) {
      const x = sign * moves[row * COIN_COUNT + i]!;
      sums[i]! += x;
      for (let j = 0; j <= i; j++) products[i * COIN_COUNT + j]! += x * moves[row * COIN_COUNT + j]!;
    }
  }

  for (let t = MONTH; t < out.length; t++) { // returns start at row 1
    if (t % MONTH === 0) { // rebuilt, against rounding
      sums.fill(0);
      products.fill(0);
      for (let k = t - MONTH + 1; k <= t; k++) add(k, 1);
    } else {
      add(t, 1);
      add(t - MONTH, -1);
    }
    let total = 0;
    for (let i = 0; i < COIN_COUNT; i++) {
      const variance = products[i * COIN_COUNT + i]! - sums[i]! * sums[i]! / MONTH;
      inverseSd[i] = variance > 0 ? 1 / Math.sqrt(variance) : variance <= 0 ? 0 : NaN;
      for (let j = 0; j < i; j++) {
        total += (products[i * COIN_COUNT + j]! - sums[i]! * sums[j]! / MONTH) * inverseSd[i]! *
          inverseSd[j]!;
      }
    }
    out[t] = total / (COIN_COUNT * (COIN_COUNT - 1) / 2);
  }
  return out;
}
