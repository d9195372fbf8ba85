import { isConstant } from "./constant.ts";
import { mean } from "./moments.ts";

/** Return series of N strategies as B blocks each: all that Sharpe ratios over any choice of blocks need. */
export interface BlockMoments {
  readonly strategies: number;
  readonly blocks: number;
  /** Bars in a block. */
  readonly size: number;
  /** Mean of all bars; sums are of deviations from it, so that little is lost where returns hardly move. Shape [N]. */
  readonly means: Float64Array;
  /** Sum of the deviations and of their squares in each block; row-major [N x B]. */
  readonly sums: Float64Array;
  readonly squares: Float64Array;
  /** Bit b is set if block b never moves, shape [N]; its value is then a level, row-major [N x B]. */
  readonly still: Int32Array;
  readonly levels: Float64Array;
}

/** Cuts series into `blocks` blocks of equal length; bars that do not fill one are left out at the start. */
export function blockMoments(returns: readonly ArrayLike<number>[], blocks: number): BlockMoments {
  const strategies = returns.length, size = Math.floor(returns[0]!.length / blocks);
  const means = new Float64Array(strategies), still = new Int32Array(strategies);
  const sums = new Float64Array(strategies * blocks), squares = sums.slice(), levels = sums.slice();
  returns.forEach((column, j) => {
    const used = Float64Array.from(column).subarray(column.length - blocks * size);
    const centre = means[j] = mean(used);
    for (let b = 0; b < blocks; b++) {
      const block = used.subarray(b * size, (b + 1) * size), at = j * blocks + b;
      if (isConstant(block)) still[j]! |= 1 << b;
      levels[at] = block[0]!;
      for (const value of block) {
        sums[at]! += value - centre;
        squares[at]! += (value - centre) ** 2;
      }
    }
  });
  return { strategies, blocks, size, means, sums, squares, still, levels };
}

/**
 * Sharpe ratios per bar over the half of the blocks whose bits are set in `mask`, and over the other half: 0 where
 * a strategy is flat at 0, infinite where it is flat at another value. Fills two arrays of shape [N].
 */
export function sharpesOfHalves(
  moments: BlockMoments,
  mask: number,
  inside: Float64Array,
  outside: Float64Array,
): void {
  const { strategies, blocks, means, sums, squares, still } = moments;
  const others = 2 ** blocks - 1 - mask, bars = (blocks / 2) * moments.size;
  const chosen = Array.from({ length: blocks }, (_, b) => b).filter((b) => (mask >> b) & 1);
  const left = Array.from({ length: blocks }, (_, b) => b).filter((b) => !((mask >> b) & 1));
  for (let j = 0; j < strategies; j++) {
    let s1 = 0, q1 = 0, s2 = 0, q2 = 0;
    for (let i = 0, of = j * blocks; i < chosen.length; i++) {
      s1 += sums[of + chosen[i]!]!;
      q1 += squares[of + chosen[i]!]!;
      s2 += sums[of + left[i]!]!;
      q2 += squares[of + left[i]!]!;
    }
    inside[j] = ratio(means[j]!, s1, q1, bars);
    outside[j] = ratio(means[j]!, s2, q2, bars);
    if ((still[j]! & mask) === mask) inside[j] = flatRatio(moments, j, mask, inside[j]!);
    if ((still[j]! & others) === others) outside[j] = flatRatio(moments, j, others, outside[j]!);
  }
}

/** Sharpe ratio from sums of deviations from `centre`. */
function ratio(centre: number, sum: number, square: number, bars: number): number {
  return (centre + sum / bars) / Math.sqrt(Math.max(0, (square - (sum * sum) / bars) / (bars - 1)));
}

/** The ratio of blocks none of which moves: that of their level if they share one, else as computed. */
function flatRatio(
  { blocks, levels }: BlockMoments,
  strategy: number,
  mask: number,
  computed: number,
): number {
  let level = NaN;
  for (let b = 0; b < blocks; b++) {
    if (((mask >> b) & 1) === 0) continue;
    const here = levels[strategy * blocks + b]!;
    if (Number.isNaN(level)) level = here;
    else if (here !== level && !isConstant([level, here])) return computed;
  }
  return level === 0 ? 0 : level * Infinity;
}
