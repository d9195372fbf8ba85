/**
 * Everything that back-tests of one market on the same terms have in common, made once: the market block, the plan's
 * sizes, the limits and the arrays that a run writes into. What is left for each is its signals and the walk.
 */
import type { Coin } from "../core/universe.ts";
import { BARS_PER_YEAR } from "../core/universe.ts";
import { ACCOUNT, createAccount } from "../simulation/account.ts";
import type { Arena } from "../simulation/arena.ts";
import { runAccount } from "../simulation/event_loop.ts";
import type { Limits } from "../simulation/limits.ts";
import { createLoop, startLoop } from "../simulation/loop.ts";
import { createPlan, type Plan } from "../simulation/plan.ts";
import { limitsNeverBlock, walkQuietly } from "../simulation/quiet_walk.ts";
import { addRow, markCloses, type Tally, walkOneQuietly } from "../simulation/quiet_walk_of_one.ts";
import { createRecord } from "../simulation/record.ts";
import { type AccountOptions, constantLimits } from "./backtest.ts";
import { requireKeys } from "../core/known_names.ts";
import type { Market } from "./market.ts";
import { requireAccount, requireSignalCoins, SIGNAL_KEYS, SWEEP_KEYS, tradedRows } from "./request_checks.ts";
import type { Signals } from "./signals.ts";
import { type BacktestLimits, fillSizing, settledSizing, type Sizing } from "./sizing.ts";
import { requireTargets, wishesOf, writeLevels, writeSignals } from "./write_signals.ts";
import { marketBlock, tradedInstruments } from "./market_block.ts";
import { settledTerms } from "./trading_terms.ts";

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
  const { market, startingEquity = 10_000 } = options;
  const terms = settledTerms(market, options);
  requireAccount(options);
  const { coins } = terms;
  const { from, to } = tradedRows(market, options);
  const further = terms.fill === "close" ? 1 : 0;
  const end = to + further;
  const block = marketBlock(market, terms, further === 1 ? to : market.rows);
  const plan = createPlan(market.rows, coins.length);
  fillSizing(plan, settledSizing(options, tradedInstruments(market, terms)));
  const limits = constantLimits(market.rows, options.limits ?? {});
  const ground: Ground = { coins, market, block, plan, limits, startingEquity, from, to, end };
  const { returns, run } = coins.length === 1 && limitsNeverBlock(limits)
    ? oneCoin(ground)
    : severalCoins(ground);
  return {
    coins,
    returns,
    run: (signals) => {
      requireSignalCoins(signals, market.coins, SIGNAL_KEYS);
      return run(signals);
    },
  };
}

/** What all runs on a sheet have in common. */
interface Ground {
  readonly coins: readonly Coin[];
  readonly market: Market;
  readonly block: Arena;
  readonly plan: Plan;
  readonly limits: Limits;
  readonly startingEquity: number;
  readonly from: number;
  readonly to: number;
  /** Row after the last that is walked: with `fill: "close"` one more than is reported. */
  readonly end: number;
}

type SheetRuns = Pick<AccountSheet, "returns" | "run">;

/** One coin under limits that never block: the plan is written where it is traded, sums are taken along the way. */
function oneCoin({ coins, market, block, plan, limits, startingEquity, from, to, end }: Ground): SheetRuns {
  const fresh = createAccount(1, startingEquity), account = fresh.slice();
  const loop = createLoop(account, block, plan, limits, null);
  const column = new Float64Array(market.rows), marks = markCloses(block), last = to - 1;
  const all = new Float64Array(end), returns = all.subarray(from, to);
  let levelled = false; // whether the plan holds stops or targets of the run before

  function run(signals: Signals): QuickMetrics {
    const wishes = wishesOf(signals, coins[0]!, coins, column);
    const levels = signals.stop !== undefined || signals.target !== undefined;
    if (levels || levelled) writeLevels(plan, 0, coins, signals);
    levelled = levels;
    account.set(fresh);
    startLoop(loop);
    const tally: Tally = { sum: 0, squares: 0, peak: startingEquity, worst: 0 };
    const walked = walkOneQuietly(loop, block, wishes, marks, from, last, all, tally) === last;
    const before = account[ACCOUNT.equity]!;
    const ended = walkOneQuietly(loop, block, wishes, marks, last, end, all, { ...tally }) === end;
    if (!walked || !ended) requireTargets(coins[0]!, wishes, 0, market.rows);
    requireTargets(coins[0]!, wishes, 0, from - 1); // what no row of the walk reads
    requireTargets(coins[0]!, wishes, end - 1, market.rows);
    const equity = account[ACCOUNT.equity]!;
    addRow(tally, equity, all[last] = before > 0 ? equity / before - 1 : 0); // the row after the last is booked in it
    const sharpe = sharpeOf(returns, tally);
    const totalReturn = equity / startingEquity - 1;
    return { sharpe, maxDrawdown: tally.worst, totalReturn, entries: account[ACCOUNT.entries]! };
  }
  return { returns, run };
}

/** Several coins, or limits that may block. */
function severalCoins({ coins, block, plan, limits, startingEquity, from, to, end }: Ground): SheetRuns {
  const record = createRecord(end, startingEquity, "equity");
  const returns = record.returns.subarray(from, to);
  const walk = { adoptTeam: false, record, trace: null };
  const quiet = limitsNeverBlock(limits);
  let levelled = false;

  function run(signals: Signals): QuickMetrics {
    const levels = signals.stop !== undefined || signals.target !== undefined;
    writeSignals(plan, coins, signals, levels || levelled);
    levelled = levels;
    const account = createAccount(coins.length, startingEquity);
    if (quiet) walkQuietly(account, block, plan, limits, from, end, record);
    else runAccount(account, block, plan, limits, from, end, walk);
    if (end > to) foldLast(record, to - 1);
    return { ...walkMetrics(record.equity, returns, from, to), entries: account[ACCOUNT.entries]! };
  }
  return { returns, run };
}

/** Books the row after the last, in which nothing moves, in the last. */
function foldLast(
  { equity, returns }: { readonly equity: Float64Array; readonly returns: Float64Array },
  last: number,
): void {
  equity[last] = equity[last + 1]!;
  returns[last] = equity[last - 1]! > 0 ? equity[last]! / equity[last - 1]! - 1 : 0;
}

/** Sharpe ratio, drawdown and total return without an allocation. */
function walkMetrics(equity: Float64Array, returns: Float64Array, from: number, to: number) {
  const start = equity[from - 1]!;
  const tally: Tally = { sum: 0, squares: 0, peak: start, worst: 0 };
  for (let row = from; row < to; row++) addRow(tally, equity[row]!, returns[row - from]!);
  return {
    sharpe: sharpeOf(returns, tally),
    maxDrawdown: tally.worst,
    totalReturn: equity[to - 1]! / start - 1,
  };
}

/** Annual Sharpe ratio of returns per bar, of which the sums are known; 0 if they never move. */
function sharpeOf(returns: Float64Array, { sum, squares }: Tally): number {
  const n = returns.length, mean = sum / n;
  let around = squares - sum * mean; // of a market's returns the mean is a hundredth of the deviation: nothing cancels
  if (around < 0.5 * squares) {
    around = 0;
    for (let i = 0; i < n; i++) around += (returns[i]! - mean) ** 2;
  }
  const sd = Math.sqrt(around / (n - 1));
  return sd > 0 ? mean / sd * Math.sqrt(BARS_PER_YEAR) : 0;
}
