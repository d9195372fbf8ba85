import { BARS_PER_YEAR } from "../core/universe.ts";
import { autocorrelations } from "./autocorrelation.ts";
import { isConstant } from "./constant.ts";
import { mean, shape, standardDeviation } from "./moments.ts";
import { requireInteger, requireSeries } from "./require.ts";
import { studentised } from "./studentised.ts";

/**
 * Sharpe ratio per bar: mean over standard deviation (n - 1) of the returns of every bar, flat bars
 * included, with a risk-free rate of 0.
 *
 * @param returns Net return of each bar, a fraction; at least 2 values.
 * @returns 0 for a series that never moved from 0; +-Infinity for one that earned the same on every bar.
 */
export function sharpe(returns: ArrayLike<number>): number {
  return studentised(mean(returns), standardDeviation(returns));
}

/** Sharpe ratio per bar times the square root of the 2190 bars of a year. */
export function annualSharpe(returns: ArrayLike<number>): number {
  return sharpe(returns) * Math.sqrt(BARS_PER_YEAR);
}

/**
 * Standard error of the annual Sharpe ratio under independent returns of any shape,
 * sqrt((1 - g3 SR + (g4 - 1)/4 SR^2) / T) sqrt(2190), SR per bar. Null for a series that never moves.
 *
 * @see E. Mertens, Comments on variance of the IID estimator in Lo (2002), 2002; the denominator of the
 *   probabilistic Sharpe ratio.
 */
export function sharpeError(returns: ArrayLike<number>): number | null {
  requireSeries(returns, "the error of a Sharpe ratio");
  if (isConstant(returns)) return null;
  const ratio = sharpe(returns);
  return Math.sqrt(sharpeVariance(ratio, shape(returns)) / returns.length) * Math.sqrt(BARS_PER_YEAR);
}

/**
 * 1 - g3 SR + (g4 - 1)/4 SR^2: the variance of sqrt(T) times an estimated Sharpe ratio per bar; >= 0, since
 * g4 >= 1 + g3^2 for any distribution.
 */
export function sharpeVariance(
  ratio: number,
  { skew, kurtosis }: { readonly skew: number; readonly kurtosis: number },
): number {
  return Math.max(0, 1 - skew * ratio + ((kurtosis - 1) / 4) * ratio * ratio);
}

/**
 * Sharpe ratio over `horizon` bars, allowing for autocorrelation: eta SR with
 * eta = q / sqrt(q + 2 sum_{k<q} (q - k) rho_k), where independence gives eta = sqrt(q).
 *
 * @param horizon q, in bars, an integer in 1..n-1.
 * @returns Null for a series that never moves. Otherwise the root is of a positive number: sample autocovariances
 *   over n are positive definite.
 * @see A. W. Lo, The statistics of Sharpe ratios, Financial Analysts Journal 58 (2002), eq. 20.
 */
export function loSharpe(
  returns: ArrayLike<number>,
  horizon: number,
): { readonly eta: number; readonly sharpe: number } | null {
  requireInteger(horizon, 1, "the horizon of a Sharpe ratio");
  if (isConstant(returns)) return null;
  const correlations = autocorrelations(returns, horizon - 1);
  let sum = horizon;
  for (let k = 1; k < horizon; k++) sum += 2 * (horizon - k) * correlations[k]!;
  const eta = horizon / Math.sqrt(sum);
  return { eta, sharpe: eta * sharpe(returns) };
}
