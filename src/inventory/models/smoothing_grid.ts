/** The parameters of least squared errors, and where smoothing with them ended. */
export interface BestTrend {
  readonly alpha: number;
  readonly beta: number;
  readonly level: number;
  readonly slope: number;
  /** Sum of squared one-row errors. */
  readonly squares: number;
}

/**
 * Damped Holt smoothing (`smoothTrend`) of rows first..last under every pair of parameters, row by row side by side: each
 * recursion waits for its own last step alone, and has the bits that it has by itself. Of equals the first pair wins.
 */
export function bestTrend(
  y: Float64Array,
  alphas: readonly number[],
  betas: readonly number[],
  damping: number,
  first: number,
  last: number,
): BestTrend {
  const pairs = alphas.flatMap((alpha) => betas.map((beta) => ({ alpha, beta }))), count = pairs.length;
  const gains = Float64Array.from(pairs, ({ alpha }) => alpha),
    turns = Float64Array.from(pairs, ({ beta }) => beta);
  const levels = new Float64Array(count).fill(y[first + 1]!);
  const slopes = new Float64Array(count).fill(y[first + 1]! - y[first]!), squares = new Float64Array(count);
  for (let t = first + 2; t <= last; t++) {
    const value = y[t]!;
    for (let k = 0; k < count; k++) {
      const before = levels[k]!, turn = turns[k]!, carried = damping * slopes[k]!;
      const error = value - before - carried, level = before + (carried + gains[k]! * error);
      squares[k] = squares[k]! + error * error;
      levels[k] = level;
      slopes[k] = turn * (level - before) + (1 - turn) * carried;
    }
  }
  let best = 0;
  for (let k = 1; k < count; k++) if (squares[k]! < squares[best]!) best = k;
  return { ...pairs[best]!, level: levels[best]!, slope: slopes[best]!, squares: squares[best]! };
}
