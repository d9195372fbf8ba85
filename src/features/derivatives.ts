/** What a perpetual future tells beside its price: funding, open interest, positioning and basis. */
import { requireWindow } from "../core/series.ts";
import { ewmaZ } from "./standardise.ts";
import { sma } from "./sma.ts";
import { carryForward } from "./warm_up.ts";

/** Funding settlements in one year of 365 days, at one every 8 hours. */
const SETTLEMENTS_PER_YEAR = 3 * 365;

/**
 * Funding rate against its own trailing level: high when longs pay more than they used to.
 *
 * @param fundingRate Last rate settled at or before the bar opened, a fraction of notional per 8 h; shape [n].
 * @param tau Decay time of mean and variance in bars, an integer >= 1.
 * @returns Shape [n], about unit scale; the first `tau` values are NaN.
 */
export function fundingZ(fundingRate: Float64Array, tau: number): Float64Array {
  return ewmaZ(fundingRate, tau, tau);
}

/**
 * Funding a long pays in a year at the mean rate of the last `window` bars. A rate stands on the bars from
 * its settlement to the next, so the mean over bars is the mean over settlements.
 *
 * @param fundingRate Last rate settled at or before the bar opened, a fraction of notional per 8 h; shape [n].
 * @param window Bars, an integer >= 1.
 * @returns Shape [n], a fraction of notional per year, negative if shorts pay; the first window - 1 values are NaN.
 */
export function fundingCarry(fundingRate: Float64Array, window: number): Float64Array {
  const out = sma(fundingRate, window);
  for (let i = window - 1; i < out.length; i++) out[i] = out[i]! * SETTLEMENTS_PER_YEAR;
  return out;
}

/**
 * Open interest as far as it is known: a missing snapshot (NaN or not above 0) repeats the last known one. Only the
 * rows before the first known one stay NaN.
 */
export function knownInterest(openInterest: Float64Array): Float64Array {
  const out = new Float64Array(openInterest.length);
  let last = NaN;
  for (let i = 0; i < out.length; i++) {
    if (openInterest[i]! > 0) last = openInterest[i]!;
    out[i] = last;
  }
  return out;
}

/**
 * Change of open interest in coins, ln OI_t - ln OI_(t-lag): free of the price. OI at row t is a snapshot
 * taken as bar t opened. A missing snapshot (NaN or not above 0) repeats the last one.
 *
 * @param openInterest Open interest in coins; shape [n].
 * @param lag Bars looked back, an integer >= 1.
 * @returns Shape [n], a fraction; the first `lag` values are NaN.
 * @throws {RangeError} If `lag` is not an integer >= 1.
 */
export function openInterestChange(openInterest: Float64Array, lag: number): Float64Array {
  requireWindow(lag, 1, "the change of open interest");
  const n = openInterest.length;
  const logs = new Float64Array(n);
  const out = new Float64Array(n).fill(NaN, 0, lag);
  let last = NaN;
  for (let i = 0; i < n; i++) {
    if (openInterest[i]! > 0) last = Math.log(openInterest[i]!);
    logs[i] = last;
    if (i >= lag) out[i] = last - logs[i - lag]!;
  }
  return out;
}

/**
 * Share of accounts that are long against its own trailing level. A missing value is carried forward.
 *
 * @param longRatio Fraction of accounts in [0, 1], NaN where missing; shape [n].
 * @param tau Decay time of mean and variance in bars, an integer >= 1.
 * @returns Shape [n], about unit scale; the first `tau` values after the first known one are NaN.
 */
export function longRatioZ(longRatio: Float64Array, tau: number): Float64Array {
  return ewmaZ(carryForward(longRatio), tau, tau);
}

/**
 * Premium of the future over its index at the close: (mark - index) / index.
 *
 * @param markClose, indexClose Prices (USDT), > 0; each of shape [n].
 * @returns Shape [n], a fraction, without warm-up.
 */
export function premium(markClose: Float64Array, indexClose: Float64Array): Float64Array {
  const out = new Float64Array(markClose.length);
  for (let i = 0; i < out.length; i++) out[i] = (markClose[i]! - indexClose[i]!) / indexClose[i]!;
  return out;
}

/**
 * Premium against its own trailing level.
 *
 * @param markClose, indexClose Prices (USDT), > 0; each of shape [n].
 * @param tau Decay time of mean and variance in bars, an integer >= 1.
 * @returns Shape [n], about unit scale; the first `tau` values are NaN.
 */
export function premiumZ(markClose: Float64Array, indexClose: Float64Array, tau: number): Float64Array {
  return ewmaZ(premium(markClose, indexClose), tau, tau);
}
