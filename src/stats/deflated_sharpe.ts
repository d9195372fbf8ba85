import { shown } from "../core/shown.ts";
import { requireMovement } from "./constant.ts";
import { shape } from "./moments.ts";
import { normalCdf, normalInverse } from "./normal.ts";
import { requireCount, requireFinite } from "./require.ts";
import { sharpe, sharpeVariance } from "./sharpe.ts";
import { studentised } from "./studentised.ts";

const EULER_GAMMA = 0.5772156649015329;

/** What a track record tells about its Sharpe ratio. All per bar. */
export interface TrackRecord {
  /** Estimated Sharpe ratio per bar. */
  readonly sharpe: number;
  /** Its length. */
  readonly bars: number;
  /** Of its returns. */
  readonly skew: number;
  /** Not in excess of 3. */
  readonly kurtosis: number;
}

/**
 * The track record of a series of net returns. One that stayed flat has a Sharpe ratio of 0.
 *
 * @throws {RangeError} If a return is not finite, or all are the same other than 0: that Sharpe ratio is infinite.
 */
export function trackRecord(returns: ArrayLike<number>): TrackRecord {
  requireCount(returns, 2, "a track record");
  requireFinite(returns, "a track record");
  if (returns[0] !== 0) requireMovement(returns, "the returns", "a track record");
  return { sharpe: sharpe(returns), bars: returns.length, ...shape(returns) };
}

/**
 * Probabilistic Sharpe ratio: the confidence, in [0, 1], that the true Sharpe ratio exceeds `benchmark`
 * (per bar), Phi((SR - SR*) sqrt(T - 1) / sqrt(1 - g3 SR + (g4 - 1)/4 SR^2)).
 *
 * @see D. H. Bailey, M. Lopez de Prado, The Sharpe ratio efficient frontier, Journal of Risk 15(2) (2012).
 */
export function probabilisticSharpe(record: TrackRecord, benchmark: number): number {
  const spread = Math.sqrt(sharpeVariance(record.sharpe, record));
  return normalCdf(studentised((record.sharpe - benchmark) * Math.sqrt(record.bars - 1), spread));
}

/**
 * Minimum track record length: the bars after which the probabilistic Sharpe ratio reaches `confidence`.
 *
 * @param confidence In (0, 1), such as 0.95.
 * @throws {RangeError} If the Sharpe ratio does not exceed the benchmark: no record is then long enough.
 */
export function minTrackRecord(record: TrackRecord, benchmark: number, confidence: number): number {
  if (!(record.sharpe > benchmark)) {
    throw new RangeError(
      `Cannot find a track record length as the Sharpe ratio must exceed ${benchmark}: current value is ${record.sharpe}`,
    );
  }
  const z = normalInverse(confidence) / (record.sharpe - benchmark);
  return 1 + sharpeVariance(record.sharpe, record) * z * z;
}

/**
 * Expected maximum of `trials` independent standard normals, by the extreme-value approximation
 * (1 - g) Phi^-1(1 - 1/N) + g Phi^-1(1 - 1/(N e)), g Euler's constant; 0 for one trial.
 *
 * @param trials N >= 1; need not be an integer, as an effective number of trials is not.
 */
export function expectedMaximum(trials: number): number {
  if (!(trials >= 1)) {
    throw new RangeError(
      `Cannot find an expected maximum as trials must be >= 1: current value is ${trials}`,
    );
  }
  if (trials === 1) return 0;
  return Math.max(
    0, // the approximation falls below 0 between 1 and 1.3 trials, where the true value is positive
    (1 - EULER_GAMMA) * normalInverse(1 - 1 / trials) +
      EULER_GAMMA * normalInverse(1 - 1 / (trials * Math.E)),
  );
}

/**
 * Deflated Sharpe ratio: the probabilistic Sharpe ratio against the best Sharpe ratio that `trials`
 * strategies without skill would be expected to show.
 *
 * @param trials Every configuration ever evaluated on this data, or their effective number.
 * @param variance Variance of the trials' Sharpe ratios (per bar).
 * @see D. H. Bailey, M. Lopez de Prado, The deflated Sharpe ratio, J. Portfolio Management 40(5) (2014).
 */
export function deflatedSharpe(record: TrackRecord, trials: number, variance: number): number {
  if (!(variance >= 0 && variance < Infinity)) {
    throw new RangeError(
      `Cannot deflate a Sharpe ratio as the variance of the trials' must be >= 0: current value is ${variance}`,
    );
  }
  if (!Number.isFinite(record?.sharpe) || !Number.isFinite(record.bars)) {
    throw new RangeError(
      `Cannot deflate a Sharpe ratio as it must be given a track record, trackRecord(returns): current value is ${
        shown(record)
      }`,
    );
  }
  return probabilisticSharpe(record, Math.sqrt(variance) * expectedMaximum(trials));
}

/**
 * Minimum backtest length in years: a shorter one is expected to show an annual Sharpe ratio of `target`
 * for the best of `trials` strategies without skill.
 *
 * @see Bailey, Borwein, Lopez de Prado, Zhu, Notices of the AMS 61(5) (2014).
 */
export function minBacktestYears(trials: number, target: number): number {
  return (expectedMaximum(trials) / target) ** 2;
}
