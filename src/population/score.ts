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
  const mean = first / weight;
  if (rule.score === "utility") return mean - rule.riskAversion / 2 * (second / weight);
  return sharpeScore(mean, second / weight);
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
