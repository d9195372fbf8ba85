import type { IndexStream } from "./bootstrap.ts";
import { mean } from "./moments.ts";
import { requireInteger, requireSameLength } from "./require.ts";

// Data snooping: `differences` hold, for each of K strategies, its performance less that of the benchmark
// on each bar. The null hypothesis is that no strategy beats the benchmark.

/** White's Reality Check. */
export interface RealityCheck {
  /** sqrt(T) times the largest mean difference. */
  readonly statistic: number;
  readonly p: number;
}

/** Hansen's test of superior predictive ability. The consistent p-value is the one to report. */
export interface SuperiorAbility {
  /** max(0, largest studentised mean difference). */
  readonly statistic: number;
  /** Too small if poor strategies are among the K: they are not allowed to lower the null. */
  readonly lower: number;
  readonly consistent: number;
  /** Too large if poor strategies are among the K: all are taken to be as good as the benchmark. */
  readonly upper: number;
}

/**
 * Reality Check: is the best of K strategies better than the benchmark, given that it is the best of K?
 *
 * @param draws Bootstrap resamples; p is the share of them that reach the statistic.
 * @param stream Stationary bootstrap of the rows, shared by all strategies.
 * @see H. White, Econometrica 68 (2000) 1097.
 */
export function realityCheck(
  differences: readonly ArrayLike<number>[],
  draws: number,
  stream: IndexStream,
): RealityCheck {
  const { n, means, resampled } = prepare(differences, draws, stream);
  const statistic = Math.sqrt(n) * Math.max(...means);
  let above = 0;
  for (let draw = 0; draw < draws; draw++) {
    const row = resampled();
    let largest = -Infinity;
    for (let k = 0; k < means.length; k++) largest = Math.max(largest, row[k]! - means[k]!);
    if (Math.sqrt(n) * largest >= statistic) above++;
  }
  return { statistic, p: above / draws };
}

/**
 * Test of superior predictive ability: the Reality Check with each strategy studentised and hopeless ones
 * kept from weakening it. Strategies that equal the benchmark on every bar are left out.
 *
 * @param blockLength Mean block length b of the stationary bootstrap behind `stream`; the standard error
 *   of each mean is the one that bootstrap implies (Hansen's kernel with p = 1 / b).
 * @see P. R. Hansen, Journal of Business and Economic Statistics 23 (2005) 365.
 */
export function superiorAbility(
  differences: readonly ArrayLike<number>[],
  draws: number,
  blockLength: number,
  stream: IndexStream,
): SuperiorAbility {
  const moved = differences.filter((column) =>
    Array.prototype.some.call(column, (value) => value !== column[0])
  );
  const { n, means, resampled } = prepare(moved, draws, stream);
  const root = Math.sqrt(n);
  const omegas = moved.map((column) => Math.sqrt(stationaryVariance(column, blockLength)));
  const statistic = means.reduce((best, centre, k) => Math.max(best, (root * centre) / omegas[k]!), 0);

  const rate = Math.sqrt(2 * Math.log(Math.log(n))) / root;
  const centres = {
    lower: means.map((centre) => Math.max(centre, 0)),
    consistent: means.map((centre, k) => (centre >= -omegas[k]! * rate ? centre : 0)),
    upper: [...means],
  };
  const above = { lower: 0, consistent: 0, upper: 0 };
  for (let draw = 0; draw < draws; draw++) {
    const row = resampled();
    for (const version of ["lower", "consistent", "upper"] as const) {
      let largest = 0;
      for (let k = 0; k < row.length; k++) {
        largest = Math.max(largest, (root * (row[k]! - centres[version][k]!)) / omegas[k]!);
      }
      // Both are 0 where nothing looks superior: that is no evidence, and p = 1.
      if (largest >= statistic) above[version]++;
    }
  }
  return {
    statistic,
    lower: above.lower / draws,
    consistent: above.consistent / draws,
    upper: above.upper / draws,
  };
}

/**
 * Variance of sqrt(T) times a mean under the stationary bootstrap, by Hansen's kernel
 * gamma_0 + 2 sum ((1 - i/n) q^i + (i/n) q^(n - i)) gamma_i, q = 1 - 1/b. Taking lags i and n - i together
 * (the circle) leaves the one weight (1 - i/n) q^i, which has vanished long before i = n.
 */
export function stationaryVariance(values: ArrayLike<number>, blockLength: number): number {
  const n = values.length;
  const centre = mean(values);
  const z = Float64Array.from(values, (value) => value - centre);
  let variance = 0;
  for (let lag = 0, decay = 1; lag < n && decay > 1e-17; lag++, decay *= 1 - 1 / blockLength) {
    let product = 0;
    for (let i = 0; i < n; i++) product += z[i]! * z[i >= lag ? i - lag : i - lag + n]!;
    variance += ((lag === 0 ? 1 : 2 * (1 - lag / n)) * decay * product) / n;
  }
  return variance;
}

/**
 * Romano and Wolf's stepdown: p-values of "strategy k does not beat the benchmark", adjusted for all K,
 * that control the family-wise error while using the dependence between strategies. One-sided, in the
 * order of the input. Shape [K].
 *
 * @param errors Standard error of each mean difference, such as Newey-West's; > 0.
 * @see J. P. Romano, M. Wolf, Econometrica 73 (2005) 1237.
 */
export function stepdown(
  differences: readonly ArrayLike<number>[],
  errors: readonly number[],
  draws: number,
  stream: IndexStream,
): Float64Array {
  requireSameLength(differences, errors, "a stepdown test");
  const { means, resampled } = prepare(differences, draws, stream);
  const count = means.length;
  const statistics = Float64Array.from(means, (centre, k) => centre / errors[k]!);
  const order = Array.from(statistics.keys()).sort((a, b) => statistics[b]! - statistics[a]!);
  const atLeast = new Float64Array(count);
  for (let draw = 0; draw < draws; draw++) {
    const row = resampled();
    let largest = -Infinity; // over the strategies not yet rejected when k's turn comes
    for (let place = count - 1; place >= 0; place--) {
      const k = order[place]!;
      largest = Math.max(largest, (row[k]! - means[k]!) / errors[k]!);
      if (largest >= statistics[k]!) atLeast[k]! += 1;
    }
  }
  const adjusted = new Float64Array(count);
  let running = 0;
  for (const k of order) {
    running = Math.max(running, (1 + atLeast[k]!) / (1 + draws));
    adjusted[k] = running;
  }
  return adjusted;
}

function prepare(differences: readonly ArrayLike<number>[], draws: number, stream: IndexStream) {
  requireInteger(differences.length, 1, "the number of strategies");
  requireInteger(draws, 1, "the number of draws");
  for (const column of differences) requireSameLength(column, differences[0]!, "a test of many strategies");
  const n = differences[0]!.length;
  const rows = new Int32Array(n), row = new Float64Array(differences.length);
  const columns = differences.map((column) => Float64Array.from(column));

  /** Means of all strategies on the next resample; the array is reused. */
  function resampled(): Float64Array {
    stream(rows);
    for (let k = 0; k < columns.length; k++) {
      const column = columns[k]!;
      let sum = 0;
      for (let i = 0; i < n; i++) sum += column[rows[i]!]!;
      row[k] = sum / n;
    }
    return row;
  }
  return { n, means: columns.map(mean), resampled };
}
