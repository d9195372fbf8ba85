import { deflatedSharpe, trackRecord } from "../stats/deflated_sharpe.ts";
import { standardDeviation } from "../stats/moments.ts";
import { backtestOverfitting } from "../stats/pbo.ts";
import { sharpe } from "../stats/sharpe.ts";
import type { FieldSelection } from "./result.ts";

/** Blocks of the cross-validation behind the probability of overfitting, and the rows each needs to speak. */
const BLOCKS = 16;
const LEAST_BLOCK_ROWS = 20;

/**
 * What picking the best of many after the fact is worth: the probability that the best of one half of the rows
 * ranks at or below the median in the other half, and the deflated Sharpe ratio of the best over all of them.
 *
 * @param returns Net returns per bar of every pipeline over the reported rows.
 * @param best Index of the pipeline with the highest Sharpe ratio.
 */
export function fieldSelection(returns: readonly Float64Array[], best: number): FieldSelection {
  const rows = returns[0]!.length;
  const moved = returns.filter((series) => series.some((r) => r !== 0));
  const variance = moved.length > 1 ? standardDeviation(moved.map(sharpe)) ** 2 : 0;
  return {
    pipelines: returns.length,
    overfitting: rows >= BLOCKS * LEAST_BLOCK_ROWS
      ? backtestOverfitting(returns, BLOCKS)?.probability ?? null
      : null,
    deflatedSharpe: variance > 0
      ? deflatedSharpe(trackRecord(returns[best]!), returns.length, variance)
      : null,
  };
}
