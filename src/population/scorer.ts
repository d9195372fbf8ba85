import { blendOver, blendParts } from "./blend.ts";
import { scoreReturns, type ScoreRule } from "./score.ts";

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
