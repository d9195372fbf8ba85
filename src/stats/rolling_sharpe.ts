import { requireInteger, requireSeries } from "./require.ts";
import { annualSharpe } from "./sharpe.ts";

/**
 * Annual Sharpe ratio of the last `window` bars at each bar. Each window is summed afresh, so that one wild return
 * leaves no rounding behind when it has passed.
 *
 * @param returns Net return of each bar, a fraction.
 * @param window Bars, an integer >= 2; 1095 are half a year.
 * @returns Shape [n]; the first `window - 1` values are NaN (warm-up), a window of flat bars gives 0.
 */
export function rollingSharpe(returns: Float64Array, window: number): Float64Array {
  requireInteger(window, 2, "the window of a rolling Sharpe ratio");
  requireSeries(returns, "a rolling Sharpe ratio");
  const out = new Float64Array(returns.length).fill(NaN);
  for (let i = window - 1; i < out.length; i++) {
    out[i] = annualSharpe(returns.subarray(i - window + 1, i + 1));
  }
  return out;
}
