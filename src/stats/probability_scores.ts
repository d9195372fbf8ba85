import { mean } from "./moments.ts";
import { midRanks } from "./ranks.ts";
import { requireCount, requireSameLength } from "./require.ts";

/** Brier score: mean of (p - y)^2, in [0, 1], lower is better. Outcomes are 0 or 1. */
export function brierScore(probabilities: ArrayLike<number>, outcomes: ArrayLike<number>): number {
  requireCount(probabilities, 1, "a Brier score");
  requireSameLength(probabilities, outcomes, "a Brier score");
  let sum = 0;
  for (let i = 0; i < probabilities.length; i++) sum += (probabilities[i]! - outcomes[i]!) ** 2;
  return sum / probabilities.length;
}

/**
 * Brier skill against the base rate of these outcomes: 1 is perfect, 0 no better than the base rate. Null if all
 * outcomes are the same: the base rate is then never wrong, and nothing can be compared with it.
 */
export function brierSkill(probabilities: ArrayLike<number>, outcomes: ArrayLike<number>): number | null {
  const base = mean(outcomes);
  if (base === 0 || base === 1) return null;
  return 1 - brierScore(probabilities, outcomes) / (base * (1 - base));
}

/** Mean negative log-likelihood of the outcomes (0 or 1), in nats; Infinity if a certainty was wrong. */
export function logLoss(probabilities: ArrayLike<number>, outcomes: ArrayLike<number>): number {
  requireCount(probabilities, 1, "a log loss");
  requireSameLength(probabilities, outcomes, "a log loss");
  let sum = 0;
  for (let i = 0; i < probabilities.length; i++) {
    sum -= Math.log(outcomes[i] === 1 ? probabilities[i]! : 1 - probabilities[i]!);
  }
  return sum / probabilities.length;
}

/**
 * Area under the ROC curve: the probability that a 1 was given a higher score than a 0, ties counting
 * half (Mann-Whitney). Null if all outcomes are the same.
 *
 * @throws {RangeError} If a score is not finite.
 */
export function auc(scores: ArrayLike<number>, outcomes: ArrayLike<number>): number | null {
  requireSameLength(scores, outcomes, "an area under the ROC curve");
  const ranks = midRanks(scores);
  let positives = 0, rankSum = 0;
  for (let i = 0; i < scores.length; i++) {
    if (outcomes[i] !== 1) continue;
    positives++;
    rankSum += ranks[i]!;
  }
  if (positives === 0 || positives === scores.length) return null;
  return (rankSum - (positives * (positives + 1)) / 2) / (positives * (scores.length - positives));
}
