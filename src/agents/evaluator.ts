import { rng } from "../core/rng.ts";
import { type EceNull, eceNull } from "../stats/ece_null.ts";
import { brierScore } from "../stats/probability_scores.ts";
import { pinballLoss } from "../stats/proper_scores.ts";
import { INTERVAL, LEVELS } from "../inventory/researcher/distribution/levels.ts";
import { type Forecast, quantilesAt } from "../inventory/researcher/forecast.ts";

/** Bins of equal width in a calibration error. */
export const CALIBRATION_BINS = 10;
/** Draws of its consistency null. */
const NULL_DRAWS = 1000;
/** Index of the middle of three horizons. */
const MIDDLE = 1;

/** How good stated probabilities were. */
export interface ProbabilityQuality {
  readonly count: number;
  /** Share of outcomes that were 1. */
  readonly baseRate: number;
  /** Mean of (p - y)^2; 0.25 is a coin flip. */
  readonly brier: number;
  /** Expected calibration error over ten bins, beside what calibrated forecasts would show by chance. */
  readonly calibration: EceNull;
}

/** How good a researcher's forecasts over its middle horizon were, over outcomes that have matured. */
export interface ForecastQuality extends ProbabilityQuality {
  /** Bars from a forecast to its outcome. */
  readonly horizon: number;
  /** Mean pinball loss over the dense levels, or the stated ones where a method gave no shape; a fraction. */
  readonly pinball: number;
  /**
   * The same for what a coin did before: the quantiles of its returns over as many bars that had matured by the
   * first forecast. What a forecast has to beat; null if nothing had matured.
   */
  readonly pinballOfPast: number | null;
  /** The interval between the outermost of these levels. */
  readonly interval: {
    /** Share of outcomes that should fall inside, and share that did. */
    readonly nominal: number;
    readonly covered: number;
    /** Mean width, a fraction of price. */
    readonly width: number;
  };
}

/** Which rows and coins are judged. */
export interface EvaluationWindow {
  /** First and last row that a decision was made at; forecasts made there are judged. */
  readonly from: number;
  readonly to: number;
  /** Coins that are judged, by index. */
  readonly coins: readonly number[];
}

/**
 * Judges probabilities that outcomes are 1. The null of the calibration error takes outcomes as independent,
 * so a small p-value on outcomes that move together is weaker evidence than it looks.
 *
 * @param outcomes 0 or 1, same length as the probabilities, at least one.
 * @see J. Broecker, L. A. Smith, Weather and Forecasting 22 (2007) 651, for the null.
 */
export function probabilityQuality(
  probabilities: ArrayLike<number>,
  outcomes: ArrayLike<number>,
): ProbabilityQuality {
  const count = probabilities.length;
  let ones = 0;
  for (let i = 0; i < count; i++) ones += outcomes[i]!;
  const { uniform } = rng("evaluator", "calibration null"); // the same draws for everyone who is judged
  return {
    count,
    baseRate: ones / count,
    brier: brierScore(probabilities, outcomes),
    calibration: eceNull(probabilities, outcomes, CALIBRATION_BINS, NULL_DRAWS, uniform),
  };
}

/**
 * Judges a forecast over its middle horizon h against what came: close[t+h] / close[t] - 1. Only outcomes that
 * have matured by row `to` count, and only every h-th row from `from` on, so that no two outcomes of a coin
 * share a bar. Coins share the market all the same.
 *
 * @param closes Closing prices of every coin, USDT; [coin][rows].
 * @returns Null if nothing has matured.
 */
export function forecastQuality(
  forecast: Forecast,
  closes: readonly Float64Array[],
  { from, to, coins }: EvaluationWindow,
): ForecastQuality | null {
  const levels = forecast.shapes ? LEVELS : forecast.levels;
  const ends = forecast.shapes ? INTERVAL : [0, levels.length - 1] as const;
  const horizon = forecast.horizons[MIDDLE];
  const probabilities: number[] = [], outcomes: number[] = [];
  const stated: ArrayLike<number>[] = [], past: ArrayLike<number>[] = [];
  for (const coin of coins) {
    const { pUp } = forecast.coins[coin]!;
    const close = closes[coin]!;
    const pastQuantiles = quantilesOf(pastReturns(close, from, horizon), levels);
    for (let t = from; t + horizon <= to; t += horizon) {
      outcomes.push(close[t + horizon]! / close[t]! - 1);
      probabilities.push(pUp[MIDDLE]![t]!);
      stated.push(quantilesOfRow(forecast, coin, t));
      past.push(pastQuantiles);
    }
  }
  if (outcomes.length === 0) return null;
  return {
    horizon,
    ...probabilityQuality(probabilities, outcomes.map((outcome) => outcome > 0 ? 1 : 0)),
    pinball: meanPinball(levels, stated, outcomes),
    pinballOfPast: from >= horizon ? meanPinball(levels, past, outcomes) : null,
    interval: { nominal: levels[ends[1]]! - levels[ends[0]]!, ...coverage(stated, outcomes, ends) },
  };
}

/** Quantiles of a row at the dense levels, or where a method gave no shape at those it states. */
function quantilesOfRow(forecast: Forecast, coin: number, row: number): ArrayLike<number> {
  const width = forecast.levels.length;
  if (!forecast.shapes) {
    return forecast.coins[coin]!.quantiles[MIDDLE]!.subarray(row * width, (row + 1) * width);
  }
  const out = new Float64Array(LEVELS.length);
  quantilesAt(forecast, coin, MIDDLE, row, out);
  return out;
}

/** Returns over `horizon` bars that had matured by row `to`. */
function pastReturns(close: Float64Array, to: number, horizon: number): Float64Array {
  return Float64Array.from(
    { length: Math.max(0, to - horizon + 1) },
    (_, t) => close[t + horizon]! / close[t]! - 1,
  );
}

/** Mean pinball loss over levels and outcomes; quantiles of each outcome by level. */
function meanPinball(
  levels: readonly number[],
  quantiles: readonly ArrayLike<number>[],
  outcomes: readonly number[],
): number {
  let sum = 0;
  outcomes.forEach((outcome, i) => {
    levels.forEach((level, k) => sum += pinballLoss(level, quantiles[i]![k]!, outcome));
  });
  return sum / (outcomes.length * levels.length);
}

/** Quantiles of a sample: of each level the smallest value with at least that share at or below it; the sample must not be empty to be read. */
function quantilesOf(sample: Float64Array, levels: readonly number[]): Float64Array {
  const sorted = sample.slice().sort();
  return Float64Array.from(
    levels,
    (level) => sorted[Math.max(0, Math.ceil(level * sorted.length - 1e-9) - 1)]!, // .07 * 100 is 7.000000000000001
  );
}

/** Share of outcomes between the quantiles at the places `ends`, and the mean width between them. */
function coverage(
  quantiles: readonly ArrayLike<number>[],
  outcomes: readonly number[],
  ends: readonly [number, number],
) {
  let inside = 0, width = 0;
  outcomes.forEach((outcome, i) => {
    const stated = quantiles[i]!;
    const low = stated[ends[0]]!, high = stated[ends[1]]!;
    if (outcome >= low && outcome <= high) inside++;
    width += high - low;
  });
  return { covered: inside / outcomes.length, width: width / outcomes.length };
}
