import type { IndexStream } from "./bootstrap.ts";
import { isConstant } from "./constant.ts";
import { mean } from "./moments.ts";
import { requireCount, requireFinite, requireInteger, requireSameLength } from "./require.ts";

/** Mean differences of K strategies, and the same on one resample of the bars after another. */
export interface ResampledMeans {
  /** Bars. */
  readonly n: number;
  /** Mean of each strategy; shape [K]. One that never moves has the value itself, without rounding. */
  readonly means: readonly number[];
  /** Means of all strategies on the next resample, the same rows for all; shape [K], the array is reused. */
  readonly next: () => Float64Array;
}

/**
 * What the tests of many strategies against one benchmark share (data snooping). `differences` hold, for each of K
 * strategies, its performance less that of the benchmark on each bar; the null hypothesis is that no strategy
 * beats the benchmark.
 *
 * @throws {RangeError} If there are no strategies or bars, their lengths differ, or a value is not finite.
 */
export function resampledMeans(
  differences: readonly ArrayLike<number>[],
  stream: IndexStream,
): ResampledMeans {
  requireInteger(differences.length, 1, "the number of strategies");
  requireCount(differences[0]!, 1, "a test of many strategies");
  differences.forEach((column, k) => {
    requireSameLength(column, differences[0]!, "a test of many strategies");
    requireFinite(column, `a test of many strategies (strategy ${k})`);
  });
  const n = differences[0]!.length;
  const columns = differences.map((column) => Float64Array.from(column));
  const still = columns.map((column) => isConstant(column));
  const means = columns.map((column, k) => still[k] ? column[0]! : mean(column));
  const rows = new Int32Array(n), row = Float64Array.from(means);

  function next(): Float64Array {
    stream(rows);
    for (let k = 0; k < columns.length; k++) {
      if (still[k]) continue;
      const column = columns[k]!;
      let sum = 0;
      for (let i = 0; i < n; i++) sum += column[rows[i]!]!;
      row[k] = sum / n;
    }
    return row;
  }
  return { n, means, next };
}
