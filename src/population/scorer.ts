import { blendOver, blendParts } from "./blend.ts";
import { scoreResampled, scoreReturns, type ScoreRule } from "./score.ts";

/**
 * The score at row `at` of any return series, by the rule in use.
 *
 * @param drawn The returns of the teams drawn at that row, over which a blend is standardised; asked for by a blend
 *   only, and each read before the next is taken.
 */
export function scorerAt(
  rule: ScoreRule,
  from: number,
  at: number,
  drawn: () => Iterable<Float64Array>,
): (returns: Float64Array) => number {
  const { score, scoreHalfLife } = rule;
  if (score !== "blend") return (returns) => scoreReturns(returns, from, at, { ...rule, score });
  const partsOf = (returns: Float64Array) => blendParts(returns, from, at, scoreHalfLife);
  const blend = blendOver(Array.from(drawn(), partsOf));
  return (returns) => blend(partsOf(returns));
}

/**
 * The scores of any return series over the same resampled rows, by the rule in use.
 *
 * @param rows Rows counted from `from`, oldest first.
 * @param drawn The returns of the teams drawn, as `scorerAt` asks for them; a blend is standardised over them resampled.
 */
export function resampledScorer(
  rule: ScoreRule,
  from: number,
  rows: Int32Array,
  drawn: () => Iterable<Float64Array>,
): (series: readonly Float64Array[]) => Float64Array {
  const { score } = rule;
  if (score !== "blend") return (series) => scoreResampled(series, from, rows, { ...rule, score });
  const resample = (original: Float64Array) => Float64Array.from(rows, (row) => original[from + row]!);
  const scoreOf = scorerAt(rule, 0, rows.length - 1, () => Iterator.from(drawn()).map(resample));
  return (series) => Float64Array.from(series, (original) => scoreOf(resample(original)));
}
