import { type BlockMoments, blockMoments, sharpesOfHalves } from "./block_moments.ts";
import { isConstant } from "./constant.ts";
import { requireFinite, requireInteger, requireSameLength, requireSeries } from "./require.ts";

/** What becomes of the strategy that looks best in one half of the data, over all ways to halve it. */
export interface OverfittingReport {
  /** Number of ways to choose half of the blocks. */
  readonly splits: number;
  /** Share of splits in which the best in sample ranks at or below the median out of sample. */
  readonly probability: number;
  /** Mean of ln(w / (1 - w)), w the relative rank out of sample in (0, 1). */
  readonly meanLogit: number;
  /** Slope of the best's Sharpe ratio (per bar) out of sample on that in sample; null if the latter never varies. */
  readonly slope: number | null;
  /** Share of splits in which the best in sample has a negative Sharpe ratio out of sample. */
  readonly lossShare: number;
  /** Mean Sharpe ratio (per bar) of the best, in sample and out of sample. */
  readonly meanInside: number;
  /** Mean out of sample. */
  readonly meanOutside: number;
}

/**
 * Probability of backtest overfitting by combinatorially symmetric cross-validation. Describes one data
 * set; it is not a p-value. Rows that do not fill a block are left out from the start of the series.
 * The relative rank is rank / (N + 1), so that the best of N has a finite logit. A strategy that stays flat has a
 * Sharpe ratio of 0 and takes part; where several are best in sample, each counts with its share, so that
 * the order of the strategies does not matter.
 *
 * Costs C(blocks, blocks / 2) times N, for any number of bars: each block enters by its two sums.
 *
 * @param returns Net returns per bar of each of N >= 2 strategies, all of the same length.
 * @param blocks Even, 2..20; 16 gives 12 870 splits.
 * @returns Null where the question has no answer: no strategy ever moved, or one earned the same return other than 0
 *   on every bar of a half, so that its Sharpe ratio there is infinite.
 * @throws {RangeError} If a return is not finite.
 * @see D. H. Bailey, J. Borwein, M. Lopez de Prado, Q. J. Zhu, J. Computational Finance 20(4) (2017).
 */
export function backtestOverfitting(
  returns: readonly ArrayLike<number>[],
  blocks: number,
): OverfittingReport | null {
  requireInteger(returns.length, 2, "the number of strategies");
  for (const one of returns) requireSeries(one, "the probability of overfitting");
  requireInteger(blocks, 2, "the number of blocks");
  if (blocks % 2 !== 0 || blocks > 20) {
    throw new RangeError(
      `Cannot split the data as blocks must be even and <= 20: current value is ${blocks}`,
    );
  }
  returns.forEach((column, j) => {
    requireSameLength(column, returns[0]!, "the probability of overfitting");
    requireFinite(column, `the probability of overfitting (strategy ${j})`);
  });
  requireInteger(Math.floor(returns[0]!.length / blocks), 2, "the number of bars in a block");
  if (returns.every(isConstant)) return null;
  return overHalves(blockMoments(returns, blocks));
}

function overHalves(moments: BlockMoments): OverfittingReport | null {
  const count = moments.strategies, masks = [...halves(moments.blocks)], splits = masks.length;
  const inside = new Float64Array(count), outside = new Float64Array(count);
  const bestInside = new Float64Array(splits), bestOutside = new Float64Array(splits);
  const logits = new Float64Array(splits);
  const judge = (split: number, inside: Float64Array, outside: Float64Array) => {
    let largest = -Infinity;
    for (let j = 0; j < count; j++) if (inside[j]! > largest) largest = inside[j]!;
    let ties = 0, ranks = 0, after = 0;
    for (let j = 0; j < count; j++) {
      if (inside[j] !== largest) continue;
      ties++;
      ranks += rank(outside, j);
      after += outside[j]!;
    }
    const relative = ranks / ties / (count + 1);
    logits[split] = Math.log(relative / (1 - relative));
    bestInside[split] = largest;
    bestOutside[split] = after / ties;
  };
  for (let split = 0; split < splits / 2; split++) { // a split and its opposite, as far from the end: the same halves
    sharpesOfHalves(moments, masks[split]!, inside, outside);
    if (!allFinite(inside) || !allFinite(outside)) return null;
    judge(split, inside, outside);
    judge(splits - 1 - split, outside, inside);
  }

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
    probability: logits.filter((logit) => logit <= 0).length / splits,
    meanLogit: logits.reduce((a, b) => a + b, 0) / splits,
    slope: isConstant(bestInside) ? null : covariance / variance,
    lossShare: losses / splits,
    meanInside,
    meanOutside,
  };
}

/** Every way to choose half of the blocks, as bit masks. */
function* halves(blocks: number): Generator<number> {
  for (let mask = 0; mask < 2 ** blocks; mask++) {
    let bits = 0;
    for (let rest = mask; rest !== 0; rest &= rest - 1) bits++;
    if (bits === blocks / 2) yield mask;
  }
}

function allFinite(values: Float64Array): boolean {
  for (let j = 0; j < values.length; j++) if (!Number.isFinite(values[j])) return false;
  return true;
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
