import { ACCOUNT } from "./account.ts";
import type { Account } from "./account.ts";
import { scaleExposure } from "./drawdown_scale.ts";
import { LIMITS } from "./limits.ts";

const A = ACCOUNT, L = LIMITS; // see account.ts on names of one's own

/** Rows of hard_fail after the maximum drawdown. */
export const PAUSE_ROWS = 42;

/** What an account's equity allows at a decision, from everything to nothing. */
export const EQUITY_RULE = { trade: 0, noEnlarging: 1, closeAll: 2, closed: 3 } as const;
const R = EQUITY_RULE;

/**
 * Applies the rules that read the account's equity, at the decision of `row`.
 *
 * Daily loss: from the limit on, against the equity at the last 00:00 UTC, nothing is enlarged until the next
 * 00:00. Maximum drawdown under the pause: from the limit on, against the peak, all is closed and nothing opened for 42
 * decisions; then the peak restarts at the equity of that moment, as without a restart an account would be
 * met by its limit once and be dead for ever. Under scaling all is closed, and nothing opened, while the drawdown
 * leaves no size. A limit of 1 never applies.
 *
 * @param scales True if the maximum drawdown scales exposure (`scaleExposure`), false if it pauses.
 */
export function equityRule(
  account: Account,
  limits: Float64Array,
  limitsAt: number,
  row: number,
  scales: boolean,
): number {
  if (account[A.closed] === 1) return R.closed;
  if (scales) {
    scaleExposure(account, limits, limitsAt);
    if (account[A.drawdownFactor]! * account[A.volatilityCap]! === 0) return R.closeAll;
  } else if (pauses(account, limits, limitsAt, row)) return R.closeAll;

  const dailyLoss = limits[limitsAt + L.dailyLoss]!;
  if (dailyLoss < 1 && account[A.equity]! <= account[A.dayEquity]! * (1 - dailyLoss)) {
    account[A.dailyBlocked] = 1;
  }
  return account[A.dailyBlocked] === 1 ? R.noEnlarging : R.trade;
}

/** True while the maximum drawdown, met now or less than 42 decisions ago, keeps the account out of the market. */
function pauses(account: Account, limits: Float64Array, limitsAt: number, row: number): boolean {
  const equity = account[A.equity]!;

  const pauseUntil = account[A.pauseUntil]!;
  if (pauseUntil >= 0) {
    if (row <= pauseUntil) return true;
    account[A.pauseUntil] = -1;
    account[A.peak] = equity;
  }
  if (equity > account[A.peak]!) account[A.peak] = equity;
  const maxDrawdown = limits[limitsAt + L.maxDrawdown]!;
  if (maxDrawdown < 1 && equity <= account[A.peak]! * (1 - maxDrawdown)) {
    account[A.pauseUntil] = row + PAUSE_ROWS - 1;
    return true;
  }
  return false;
}
