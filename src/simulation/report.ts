import { ACCOUNT } from "./account.ts";
import type { Account } from "./account.ts";

/** An account's running totals by name; amounts in USDT. */
export interface Totals {
  /** Paid. */
  readonly fees: number;
  /** Lost against the prices that orders were sent at. */
  readonly slippage: number;
  /** Paid; negative if received on balance. */
  readonly funding: number;
  /** Profit of closed positions before fees and funding. */
  readonly realised: number;
  /** Value of all fills. */
  readonly tradedNotional: number;
  /** Positions opened from flat. */
  readonly entries: number;
  /** Limit orders that filled. */
  readonly limitFills: number;
  /** Positions that a stop ended. */
  readonly stops: number;
  /** Positions that a take-profit ended. */
  readonly targets: number;
  /** Positions that the exchange took over. */
  readonly liquidations: number;
  /** Orders that were placed or filled, whole or cut. */
  readonly pass: number;
  /** Orders that were cut. */
  readonly softFail: number;
  /** Refusals, one each however long it lasted. */
  readonly hardFail: number;
  /** Decisions that a rule blocked. */
  readonly pausedRows: number;
  /** Decisions blocked by the daily loss. */
  readonly dailyBlockedRows: number;
  /** Decisions at which a coin cooled down. */
  readonly coolDownRows: number;
  /** Rows that closed with a position. */
  readonly rowsInMarket: number;
  /** Sum over rows of gross notional over equity; over the rows traded it is the mean gross exposure. */
  readonly grossExposure: number;
  /** True once equity was under 1 % of its start. */
  readonly closed: boolean;
}

/** Reads the totals of an account. */
export function totals(account: Account): Totals {
  return {
    fees: account[ACCOUNT.fees]!,
    slippage: account[ACCOUNT.slippage]!,
    funding: account[ACCOUNT.funding]!,
    realised: account[ACCOUNT.realised]!,
    tradedNotional: account[ACCOUNT.tradedNotional]!,
    entries: account[ACCOUNT.entries]!,
    limitFills: account[ACCOUNT.limitFills]!,
    stops: account[ACCOUNT.stops]!,
    targets: account[ACCOUNT.targets]!,
    liquidations: account[ACCOUNT.liquidations]!,
    pass: account[ACCOUNT.passed]!,
    softFail: account[ACCOUNT.softFails]!,
    hardFail: account[ACCOUNT.hardFails]!,
    pausedRows: account[ACCOUNT.pausedRows]!,
    dailyBlockedRows: account[ACCOUNT.dailyBlockedRows]!,
    coolDownRows: account[ACCOUNT.coolDownRows]!,
    rowsInMarket: account[ACCOUNT.rowsInMarket]!,
    grossExposure: account[ACCOUNT.grossExposure]!,
    closed: account[ACCOUNT.closed] === 1,
  };
}

/**
 * Cost per side, as a fraction of notional, at which the account would have earned nothing: profit before
 * fees and slippage over the notional traded. NaN if nothing was traded.
 */
export function breakEvenCost(account: Account): number {
  const profit = account[ACCOUNT.equity]! - account[ACCOUNT.startingEquity]!;
  return (profit + account[ACCOUNT.fees]! + account[ACCOUNT.slippage]!) / account[ACCOUNT.tradedNotional]!;
}
