import { cumulativeGrowth, LABEL_CLIP } from "../labels.ts";
import { COVERAGES, NORMAL_HALF_WIDTHS } from "./levels.ts";
import { normalShape, type Shape, SHAPE_WIDTH, stretchCount, stretchStart } from "./shape.ts";
import { mergeSorted, quantileOfSorted } from "./sorted_quantile.ts";

/** Independent outcomes that weigh as much as the normal distribution that a market is taken for at first. */
export const PRIOR_OUTCOMES = 20;

/**
 * What moves over h bars were, in units of the volatility known before them: |close[s+h] / close[s] - 1| over
 * sd[s] sqrt(h), of all rows s that have matured when a stretch begins, all coins together. It is the width that every
 * researcher starts from. Outcomes of h bars overlap, so that rows of one coin count 1/h each, and coins of one row, which move
 * together, as one; by that count the normal distribution fades. Signs are dropped: a drift of the past stays
 * out of the width, and a market turned upside down has the same one.
 *
 * @param returns Simple returns by coin, 0 at row 0; [coin][rows].
 * @param sd Volatility of one bar as known at each row, > 0; [coin][rows].
 * @param horizon Bars, an integer >= 1.
 * @returns A value of stretch k reads rows up to its first one.
 */
export function sharedWidth(
  returns: readonly Float64Array[],
  sd: readonly Float64Array[],
  horizon: number,
  firstRow: number,
): Shape {
  const rows = returns[0]!.length, stretches = stretchCount(firstRow, rows), out = normalShape(stretches);
  const moves = returns.map((series, coin) => absoluteMoves(series, sd[coin]!, horizon));
  const sorted = new Float64Array(returns.length * Math.max(0, rows - horizon));
  let size = 0, squares = 0, matured = 0;
  for (let stretch = 1; stretch < stretches; stretch++) {
    const until = stretchStart(firstRow, stretch) - horizon + 1; // rows before it have matured
    if (until <= matured) continue;
    const fresh = new Float64Array(moves.length * (until - matured));
    moves.forEach((series, coin) => fresh.set(series.subarray(matured, until), coin * (until - matured)));
    for (const move of fresh) squares += Math.min(move, LABEL_CLIP) ** 2;
    mergeSorted(sorted, size, fresh.sort());
    size += fresh.length;
    matured = until;
    const outcomes = matured / horizon, share = outcomes / (outcomes + PRIOR_OUTCOMES);
    out.sd[stretch] = Math.sqrt(1 - share + share * squares / size);
    for (let k = 0; k < SHAPE_WIDTH; k++) {
      const found = quantileOfSorted(sorted, size, COVERAGES[k]!);
      out.halfWidths[stretch * SHAPE_WIDTH + k] = (1 - share) * NORMAL_HALF_WIDTHS[k]! + share * found;
    }
  }
  return out;
}

/** |close[s+h] / close[s] - 1| / (sd[s] sqrt(h)) of every row that matures within the rows; shape [rows - h]. */
function absoluteMoves(returns: Float64Array, sd: Float64Array, horizon: number): Float64Array {
  const level = cumulativeGrowth(returns), root = Math.sqrt(horizon);
  return Float64Array.from(
    { length: Math.max(0, returns.length - horizon) },
    (_, s) => Math.abs(level[s + horizon]! / level[s]! - 1) / (sd[s]! * root),
  );
}
