import { requireWindow } from "../core/series.ts";

/** Weight of the newest squared return in the volatility that standardises returns (a decay of 0.97). */
const VOLATILITY_WEIGHT = 0.03;

/**
 * Momentum: the exponentially weighted sum of standardised returns, scaled to unit variance for returns
 * without memory: m_i = phi m_(i-1) + sqrt(1 - phi^2) z_i with phi = exp(-1/tau). A return is divided by its
 * EWMA volatility with itself included, which bounds |z| by 1 / sqrt(0.03) = 5.8 in a crash.
 *
 * @param closes Closing prices (USDT), > 0; shape [n].
 * @param tau Decay time in bars, an integer >= 1.
 * @returns Shape [n], about unit scale, positive in a rise; the first `tau` values are NaN (warm-up).
 * @throws {RangeError} If `tau` is not an integer >= 1.
 * @see T. J. Moskowitz, Y. H. Ooi, L. H. Pedersen, Time series momentum, J. Financial Economics 104 (2012),
 *   for returns scaled by their own volatility; here with an exponential window.
 */
export function momentum(closes: Float64Array, tau = 18): Float64Array {
  requireWindow(tau, 1, "momentum");
  const out = new Float64Array(closes.length).fill(NaN, 0, tau);
  const phi = Math.exp(-1 / tau), scale = Math.sqrt(1 - phi * phi);
  let variance = 0, level = 0;
  for (let i = 1; i < closes.length; i++) {
    const move = closes[i]! / closes[i - 1]! - 1;
    variance += (move * move - variance) * Math.max(VOLATILITY_WEIGHT, 1 / i); // plain mean at the start
    level = phi * level + (variance > 0 ? scale * move / Math.sqrt(variance) : 0);
    if (i >= tau) out[i] = level;
  }
  return out;
}
