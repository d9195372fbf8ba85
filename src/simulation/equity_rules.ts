import { ACCOUNT } from "./account.ts";
import type { Account } from "./account.ts";
import { LIMITS } from "./limits.ts";

/** Rows of hard_fail after the maximum drawdown. */
export const PAUSE_ROWS = 42;

/** What an account's equity allows at a decision, from everything to nothing. */
export const EQUITY_RULE = { trade: 0, noEnlarging: 1, closeAll: 2, closed: 3 } as const;

/**
 * Applies the rules that read the account's equity, at the decision of `row`.
 *
 * Daily loss: from the limit on, against the equity at the last 00:00 UTC, nothing is enlarged until the next
 * 00:00. Maximum drawdown: from the limit on, against the peak, all is closed and nothing opened for 42
 * decisions; then the peak restarts at the equity of that moment, as without a restart an account would be
 * met by its limit once and be dead for ever. A limit of 1 never applies.
 */
export function equityRule(account: Account, limits: Float64Array, limitsAt: number, row: number): number {
  if (account[ACCOUNT.closed] === 1) return EQUITY_RULE.closed;
  const equity = account[ACCOUNT.equity]!;

  const pauseUntil = account[ACCOUNT.pauseUntil]!;
  if (pauseUntil >= 0) {
    if (row <= pauseUntil) return EQUITY_RULE.closeAll;
    account[ACCOUNT.pauseUntil] = -1;
    account[ACCOUNT.peak] = equity;
  }
  if (equity > account[ACCOUNT.peak]!) account[ACCOUNT.peak] = equity;
  const maxDrawdown = limits[limitsAt + LIMITS.maxDrawdown]!;
  if (maxDrawdown < 1 && equity <= account[ACCOUNT.peak]! * (1 - maxDrawdown)) {
    account[ACCOUNT.pauseUntil] = row + PAUSE_ROWS - 1;
    return EQUITY_RULE.closeAll;
  }

  const dailyLoss = limits[limitsAt + LIMITS.dailyLoss]!;
  if (dailyLoss < 1 && equity <= account[ACCOUNT.dayEquity]! * (1 - dailyLoss)) {
    account[ACCOUNT.dailyBlocked] = 1;
  }
  return account[ACCOUNT.dailyBlocked] === 1 ? EQUITY_RULE.noEnlarging : EQUITY_RULE.trade;
}
