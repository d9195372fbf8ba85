/** How good stated probabilities, quantiles and positions were. */
import { rng } from "../../core/rng.ts";
import { type ReliabilityBin, reliabilityBins } from "../../stats/calibration.ts";
import { type CalibrationLine, calibrationLine } from "../../stats/calibration_slope.ts";
import { crpsOfQuantiles } from "../../stats/crps_quantiles.ts";
import { type EceNull, eceNull } from "../../stats/ece_null.ts";
import { mean } from "../../stats/moments.ts";
import { type BrierParts, murphy } from "../../stats/murphy.ts";
import { brierScore } from "../../stats/probability_scores.ts";
import { type Share, wilsonShare } from "../../stats/wilson.ts";
import { QUANTILE_LEVELS } from "../language/answer.ts";
import type { Decision } from "./benchmark.ts";
import { answered, isRight, pointed, type ScoredDecision } from "./scored.ts";

/** Scores of the decisions that were answered; null where there are none to score. */
export interface Quality {
  /** Decisions asked. */
  readonly asked: number;
  /** Of those, answered. */
  readonly answered: number;
  /** Of probabilities other than 1/2: was the likelier direction right? */
  readonly direction: Share;
  /** Mean probability of a rise less the share of rises: above 0 is a bias to the long side. */
  readonly bias: number | null;
  /** Mean of max(p, 1 - p) less the share of right directions, ties counting half: above 0 is overconfidence. */
  readonly overconfidence: number | null;
  /** Logistic recalibration: a slope of 1/k means odds raised to the power k. */
  readonly line: CalibrationLine | null;
  /** Mean squared error of the probability. */
  readonly brier: number | null;
  /** Murphy's parts of it. */
  readonly parts: BrierParts | null;
  /** Ten bins of equal width; empty ones are left out. */
  readonly bins: readonly ReliabilityBin[];
  /** Expected calibration error in those bins, beside what calibrated forecasts would show by chance; null if left out. */
  readonly calibration: EceNull | null;
  /** Of the five stated quantiles, in fractions of the price; to be compared on the same levels only. */
  readonly crps: number | null;
}

const BINS = 10, DRAWS = 1000;
const LEVELS = Object.values(QUANTILE_LEVELS);

/**
 * Scores decisions; abstentions are counted and not scored.
 *
 * @param name Names the draws of the calibration null: the same name, the same p. Null leaves the null out.
 */
export function qualityOf(decisions: readonly ScoredDecision[], name: string | null): Quality {
  const said = answered(decisions);
  const p = Float64Array.from(said, ({ decision }) => decision.pUp), y = said.map(({ rose }) => rose);
  const directed = pointed(said), right = directed.filter(isRight).length;
  const base = {
    asked: decisions.length,
    answered: said.length,
    direction: wilsonShare(right, directed.length),
  };
  if (said.length === 0) {
    return {
      ...base,
      bias: null,
      overconfidence: null,
      line: null,
      brier: null,
      parts: null,
      bins: [],
      calibration: null,
      crps: null,
    };
  }
  const sure = mean(p.map((one) => Math.max(one, 1 - one)));
  return {
    ...base,
    bias: mean(p) - mean(y),
    overconfidence: sure - (right + (said.length - directed.length) / 2) / said.length,
    line: calibrationLine(p, y),
    brier: brierScore(p, y),
    parts: murphy(p, y, BINS),
    bins: reliabilityBins(p, y, BINS),
    calibration: name === null ? null : eceNull(p, y, BINS, DRAWS, rng("calibration", name).uniform),
    crps: mean(said.map(({ decision, point }) => crpsOf(decision, point.move))),
  };
}

/** CRPS of the quantiles that a decision states. */
export function crpsOf({ quantiles: { p05, p25, p50, p75, p95 } }: Decision, move: number): number {
  return crpsOfQuantiles(LEVELS, [p05, p25, p50, p75, p95], move);
}
