import { REBUILD_SHARE, simpleReturns } from "../../core/series.ts";
import type { Panel } from "../../market/panel.ts";
import { MONTH } from "./windows.ts";

/**
 * Mean of all pairwise correlations of the coins' returns over the last month, from running sums. High
 * reads as macro-driven: the coins move as one.
 *
 * @returns Shape [rows], in [-0.25, 1]; NaN for the first 180 rows. A coin that did not move correlates 0.
 */
export function crossCorrelation(panel: Panel): Float64Array {
  const coins = panel.coins.length;
  const moves = new Float64Array(panel.rows * coins); // row-major, so that a row's values lie together
  panel.coins.forEach((bars, c) => {
    const series = simpleReturns(bars.close);
    for (let t = 0; t < series.length; t++) moves[t * coins + c] = series[t]!;
  });
  const out = new Float64Array(panel.rows).fill(NaN);
  const sums = new Float64Array(coins);
  const products = new Float64Array(coins * coins); // lower triangle
  const inverseSd = new Float64Array(coins);
  const largest = new Float64Array(coins); // sums of squares since they were last built

  function add(row: number, sign: 1 | -1): void {
    for (let i = 0; i < coins; i++) {
      const x = sign * moves[row * coins + i]!;
      sums[i]! += x;
      for (let j = 0; j <= i; j++) products[i * coins + j]! += x * moves[row * coins + j]!;
    }
  }

  for (let t = MONTH; t < out.length; t++) { // returns start at row 1
    let due = t % MONTH === 0; // against rounding
    if (!due) {
      add(t, 1);
      add(t - MONTH, -1);
      for (let i = 0; i < coins; i++) { // has an outlier left and taken the digits of what stays?
        const squares = products[i * coins + i]!;
        if (squares > largest[i]!) largest[i] = squares;
        if (squares - sums[i]! * sums[i]! / MONTH < REBUILD_SHARE * largest[i]!) due = true;
      }
    }
    if (due) {
      sums.fill(0);
      products.fill(0);
      for (let k = t - MONTH + 1; k <= t; k++) add(k, 1);
      for (let i = 0; i < coins; i++) largest[i] = products[i * coins + i]!;
    }
    let total = 0;
    for (let i = 0; i < coins; i++) {
      const variance = products[i * coins + i]! - sums[i]! * sums[i]! / MONTH;
      inverseSd[i] = variance > 0 ? 1 / Math.sqrt(variance) : variance <= 0 ? 0 : NaN;
      for (let j = 0; j < i; j++) {
        total += (products[i * coins + j]! - sums[i]! * sums[j]! / MONTH) * inverseSd[i]! *
          inverseSd[j]!;
      }
    }
    out[t] = total / (coins * (coins - 1) / 2);
  }
  return out;
}
