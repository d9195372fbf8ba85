import type { PopulationConfig } from "./config.ts";

/** Floor of the weighted sd of bar returns: an account that hardly moves has no Sharpe ratio to speak of. */
const SD_FLOOR = 2e-4;

/** How returns are weighed into a score. */
export type ScoreRule = Pick<PopulationConfig, "score" | "scoreHalfLife" | "riskAversion">;

/** A rule that needs no other team: all but `blend` (blend.ts). */
export type OwnScoreRule = ScoreRule & { readonly score: Exclude<ScoreRule["score"], "blend"> };

/** A weighted Sharpe ratio per bar from the weighted means of returns and of their squares. */
export function sharpeScore(mean: number, meanSquare: number): number {
  return mean / Math.max(Math.sqrt(Math.max(meanSquare - mean * mean, 0)), SD_FLOOR);
}

/**
 * Score of a return series at row `at`: returns from..at weigh 2^(-(at - s) / halfLife).
 * `sharpe`: weighted mean over weighted sd (floor 2e-4), per bar; `utility`: mean of r - gamma r^2 / 2;
 * `growth`: mean of ln(1 + r). Simple net returns; an account that never traded scores 0.
 *
 * @param returns Simple returns by absolute row; reads from..at only.
 */
export function scoreReturns(returns: Float64Array, from: number, at: number, rule: OwnScoreRule): number {
  const decay = 2 ** (-1 / rule.scoreHalfLife);
  let weight = 0, first = 0, second = 0;
  if (rule.score === "growth") {
    for (let s = from; s <= at; s++) {
      weight = weight * decay + 1;
      first = first * decay + Math.log1p(Math.max(returns[s]!, -0.999999));
    }
    return first / weight;
  }
  for (let s = from; s <= at; s++) {
    const r = returns[s]!;
    weight = weight * decay + 1;
    first = first * decay + r;
    second = second * decay + r * r;
  }
  return scoreOfSums(weight, first, second, rule);
}

/** `sharpe` or `utility` from the weighted sums of returns and of their squares. */
function scoreOfSums(weight: number, first: number, second: number, rule: ScoreRule): number {
  const mean = first / weight;
  if (rule.score === "utility") return mean - rule.riskAversion / 2 * (second / weight);
  return sharpeScore(mean, second / weight);
}

/** Series that are scored in one pass: each waits for its own sums alone. */
const ABREAST = 4;

/**
 * Scores of many series over the same rows in the same order, as `scoreReturns` gives each of them to the bit.
 *
 * @param rows Rows counted from `from`, oldest first.
 */
export function scoreResampled(
  series: readonly Float64Array[],
  from: number,
  rows: Int32Array,
  rule: OwnScoreRule,
): Float64Array {
  const scores = new Float64Array(series.length), last = rows.length - 1;
  let done = 0;
  if (rule.score !== "growth") {
    const decay = 2 ** (-1 / rule.scoreHalfLife);
    let weight = 0;
    for (let i = 0; i <= last; i++) weight = weight * decay + 1;
    for (; done + ABREAST <= series.length; done += ABREAST) {
      const [a, b, c, d] = series.slice(done, done + ABREAST) as [
        Float64Array,
        Float64Array,
        Float64Array,
        Float64Array,
      ];
      let a1 = 0, a2 = 0, b1 = 0, b2 = 0, c1 = 0, c2 = 0, d1 = 0, d2 = 0;
      for (let i = 0; i <= last; i++) {
        const row = from + rows[i]!, ra = a[row]!, rb = b[row]!, rc = c[row]!, rd = d[row]!;
        a1 = a1 * decay + ra;
        a2 = a2 * decay + ra * ra;
        b1 = b1 * decay + rb;
        b2 = b2 * decay + rb * rb;
        c1 = c1 * decay + rc;
        c2 = c2 * decay + rc * rc;
        d1 = d1 * decay + rd;
        d2 = d2 * decay + rd * rd;
      }
      scores[done] = scoreOfSums(weight, a1, a2, rule);
      scores[done + 1] = scoreOfSums(weight, b1, b2, rule);
      scores[done + 2] = scoreOfSums(weight, c1, c2, rule);
      scores[done + 3] = scoreOfSums(weight, d1, d2, rule);
    }
  }
  const resampled = new Float64Array(rows.length);
  for (; done < series.length; done++) {
    for (let i = 0; i <= last; i++) resampled[i] = series[done]![from + rows[i]!]!;
    scores[done] = scoreReturns(resampled, 0, last, rule);
  }
  return scores;
}

/** z-scores within a role; a zero spread gives zeros. */
export function zScores(values: readonly number[]): number[] {
  const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
  const variance = values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / values.length;
  const sd = Math.sqrt(variance);
  return values.map((x) => sd > 1e-12 * Math.max(1, Math.abs(mean)) ? (x - mean) / sd : 0);
}

/**
 * Index of the largest value; ties go to the lower index.
 *
 * @throws {RangeError} If a value is NaN: it compares false with all others, and in the first place would stay best.
 */
export function argmax(values: readonly number[]): number {
  const broken = values.findIndex(Number.isNaN);
  if (broken >= 0) {
    throw new RangeError(`Cannot pick the best as every value must be a number: value ${broken} is NaN`);
  }
  let best = 0;
  for (let i = 1; i < values.length; i++) if (values[i]! > values[best]!) best = i;
  return best;
}
