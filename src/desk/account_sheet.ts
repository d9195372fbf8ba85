/**
 * Everything that back-tests of one market on the same terms have in common, made once: the market block, the plan's
 * sizes, the limits and the arrays that a run writes into. What is left for each is its signals and the walk.
 */
import type { Coin } from "../core/universe.ts";
import { BARS_PER_YEAR } from "../core/universe.ts";
import { ACCOUNT, createAccount } from "../simulation/account.ts";
import { runAccount } from "../simulation/event_loop.ts";
import { createPlan } from "../simulation/plan.ts";
import { createRecord } from "../simulation/record.ts";
import { limitsNeverBlock, walkQuietly } from "../simulation/quiet_walk.ts";
import { type AccountOptions, constantLimits } from "./backtest.ts";
import { requireKeys } from "./known_names.ts";
import { requireAccount, requireSignalCoins, SWEEP_KEYS } from "./request_checks.ts";
import {
  type BacktestLimits,
  fillSizing,
  settledSizing,
  type Signals,
  type Sizing,
  writeSignals,
} from "./signals.ts";
import { marketBlock, settledTerms } from "./trading_terms.ts";

/** What an account did, in few numbers. */
export interface QuickMetrics {
  /** Annual Sharpe ratio of net returns per bar. */
  readonly sharpe: number;
  /** Largest loss from a peak, a fraction. */
  readonly maxDrawdown: number;
  /** Net, over the traded rows, a fraction. */
  readonly totalReturn: number;
  /** Positions opened from flat. */
  readonly entries: number;
}

/** A sheet that one set of signals after another is written on. */
export interface AccountSheet {
  readonly coins: readonly Coin[];
  /** Net returns of the traded bars in the last run; written over by the next. */
  readonly returns: Float64Array;
  run(signals: Signals): QuickMetrics;
}

/** Prepares a sheet. @throws {RangeError} As `backtest`. */
export function accountSheet(
  options: AccountOptions & Sizing & { readonly limits?: BacktestLimits },
): AccountSheet {
  requireKeys("Cannot trade as the options", options, SWEEP_KEYS);
  const { market, startingEquity = 10_000, from = 1 } = options;
  const terms = settledTerms(market, options);
  requireAccount(options);
  const { coins } = terms;
  const to = Math.min(options.to ?? market.rows, market.rows);
  const further = terms.fill === "close" ? 1 : 0;
  const end = to + further;
  const block = marketBlock(market, terms, further === 1 ? to : market.rows);
  const plan = createPlan(market.rows, coins.length);
  fillSizing(plan, settledSizing(options, coins.length));
  const limits = constantLimits(market.rows, options.limits ?? {});
  const record = createRecord(end, startingEquity, "equity");
  const returns = record.returns.subarray(from, to);
  const walk = { adoptTeam: false, record, trace: null };
  let levelled = false; // whether the plan holds stops or targets of the run before
  const quiet = limitsNeverBlock(limits);

  function run(signals: Signals): QuickMetrics {
    requireSignalCoins(signals, market.coins);
    const levels = signals.stop !== undefined || signals.target !== undefined;
    writeSignals(plan, coins, signals, levels || levelled);
    levelled = levels;
    const account = createAccount(coins.length, startingEquity);
    if (quiet) walkQuietly(account, block, plan, limits, from, end, record);
    else runAccount(account, block, plan, limits, from, end, walk);
    if (further === 1) foldLast(record, to - 1);
    return { ...walkMetrics(record.equity, returns, from, to), entries: account[ACCOUNT.entries]! };
  }
  return { coins, returns, run };
}

/** Books the row after the last, in which nothing moves, in the last. */
function foldLast(
  { equity, returns }: { readonly equity: Float64Array; readonly returns: Float64Array },
  last: number,
): void {
  equity[last] = equity[last + 1]!;
  returns[last] = equity[last - 1]! > 0 ? equity[last]! / equity[last - 1]! - 1 : 0;
}

/** Sharpe ratio, drawdown and total return in two passes without an allocation. */
function walkMetrics(equity: Float64Array, returns: Float64Array, from: number, to: number) {
  const n = returns.length, start = equity[from - 1]!;
  let sum = 0, peak = start, worst = 0;
  for (let row = from; row < to; row++) {
    const value = equity[row]!;
    sum += returns[row - from]!;
    if (value > peak) peak = value;
    else if (value < (1 - worst) * peak) worst = 1 - value / peak;
  }
  const mean = sum / n;
  let squares = 0;
  for (let i = 0; i < n; i++) squares += (returns[i]! - mean) ** 2;
  const sd = Math.sqrt(squares / (n - 1));
  const sharpe = sd > 0 ? mean / sd * Math.sqrt(BARS_PER_YEAR) : 0;
  return { sharpe, maxDrawdown: worst, totalReturn: equity[to - 1]! / start - 1 };
}
