import { requireInteger, requireSameLength } from "./require.ts";

/** What becomes of the strategy that looks best in one half of the data, over all ways to halve it. */
export interface OverfittingReport {
  /** Number of ways to choose half of the blocks. */
  readonly splits: number;
  /** Share of splits in which the best in sample ranks at or below the median out of sample. */
  readonly probability: number;
  /** Mean of ln(w / (1 - w)), w the relative rank out of sample in (0, 1). */
  readonly meanLogit: number;
  /** Slope of the best's Sharpe ratio (per bar) out of sample on that in sample. */
  readonly slope: number;
  /** Share of splits in which the best in sample has a negative Sharpe ratio out of sample. */
  readonly lossShare: number;
  /** Mean Sharpe ratio (per bar) of the best, in sample and out of sample. */
  readonly meanInside: number;
  readonly meanOutside: number;
}

/**
 * Probability of backtest overfitting by combinatorially symmetric cross-validation. Describes one data
 * set; it is not a p-value. Rows that do not fill a block are left out from the start of the series.
 * The relative rank is rank / (N + 1), so that the best of N has a finite logit.
 *
 * Costs C(blocks, blocks / 2) times N, for any number of bars: each block enters by its two sums.
 *
 * @param returns Net returns per bar of each of N >= 2 strategies, all of the same length.
 * @param blocks Even, 2..20; 16 gives 12 870 splits.
 * @see D. H. Bailey, J. Borwein, M. Lopez de Prado, Q. J. Zhu, J. Computational Finance 20(4) (2017).
 */
export function backtestOverfitting(
  returns: readonly ArrayLike<number>[],
  blocks: number,
): OverfittingReport {
  requireInteger(returns.length, 2, "the number of strategies");
  requireInteger(blocks, 2, "the number of blocks");
  if (blocks % 2 !== 0 || blocks > 20) {
    throw new RangeError(
      `Cannot split the data as blocks must be even and <= 20: current value is ${blocks}`,
    );
  }
  for (const column of returns) requireSameLength(column, returns[0]!, "the probability of overfitting");
  const size = Math.floor(returns[0]!.length / blocks);
  requireInteger(size, 2, "the number of bars in a block");

  const { sums, squares } = blockSums(returns, blocks, size);
  const half = (blocks / 2) * size;
  const count = returns.length;
  const inside = new Float64Array(count), outside = new Float64Array(count);
  const bestInside: number[] = [], bestOutside: number[] = [];
  let atOrBelow = 0, logits = 0;
  for (const mask of halves(blocks)) {
    for (let j = 0; j < count; j++) {
      let s1 = 0, q1 = 0, s2 = 0, q2 = 0;
      for (let b = 0; b < blocks; b++) {
        const at = j * blocks + b;
        if ((mask >> b) & 1) {
          s1 += sums[at]!;
          q1 += squares[at]!;
        } else {
          s2 += sums[at]!;
          q2 += squares[at]!;
        }
      }
      inside[j] = ratio(s1, q1, half);
      outside[j] = ratio(s2, q2, half);
    }
    const best = indexOfLargest(inside);
    const relative = rank(outside, best) / (count + 1);
    const logit = Math.log(relative / (1 - relative));
    if (logit <= 0) atOrBelow++;
    logits += logit;
    bestInside.push(inside[best]!);
    bestOutside.push(outside[best]!);
  }

  const splits = bestInside.length;
  const meanInside = bestInside.reduce((a, b) => a + b) / splits;
  const meanOutside = bestOutside.reduce((a, b) => a + b) / splits;
  let covariance = 0, variance = 0, losses = 0;
  for (let k = 0; k < splits; k++) {
    covariance += (bestInside[k]! - meanInside) * (bestOutside[k]! - meanOutside);
    variance += (bestInside[k]! - meanInside) ** 2;
    if (bestOutside[k]! < 0) losses++;
  }
  return {
    splits,
    probability: atOrBelow / splits,
    meanLogit: logits / splits,
    slope: covariance / variance,
    lossShare: losses / splits,
    meanInside,
    meanOutside,
  };
}

/** Sum and sum of squares of each strategy in each block; shape [strategies x blocks]. */
function blockSums(returns: readonly ArrayLike<number>[], blocks: number, size: number) {
  const sums = new Float64Array(returns.length * blocks), squares = new Float64Array(returns.length * blocks);
  const skip = returns[0]!.length - blocks * size;
  returns.forEach((column, j) => {
    for (let i = 0; i < blocks * size; i++) {
      const value = column[skip + i]!, at = j * blocks + Math.floor(i / size);
      sums[at]! += value;
      squares[at]! += value * value;
    }
  });
  return { sums, squares };
}

/** Every way to choose half of the blocks, as bit masks. */
function* halves(blocks: number): Generator<number> {
  for (let mask = 0; mask < 2 ** blocks; mask++) {
    let bits = 0;
    for (let rest = mask; rest !== 0; rest &= rest - 1) bits++;
    if (bits === blocks / 2) yield mask;
  }
}

/** Sharpe ratio from sums; 0 for a strategy that never moved. */
function ratio(sum: number, square: number, n: number): number {
  if (square === 0) return 0;
  return sum / n / Math.sqrt((square - (sum * sum) / n) / (n - 1));
}

function indexOfLargest(values: Float64Array): number {
  let best = 0;
  for (let j = 1; j < values.length; j++) if (values[j]! > values[best]!) best = j;
  return best;
}

/** Rank 1..N of values[at], ascending, equal values sharing their mean rank. */
function rank(values: Float64Array, at: number): number {
  let below = 0, equal = 0;
  for (let j = 0; j < values.length; j++) {
    if (values[j]! < values[at]!) below++;
    else if (values[j] === values[at]) equal++;
  }
  return below + (equal + 1) / 2;
}
