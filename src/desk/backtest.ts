/** One's own signals in an account of the house: equity, fills, round trips and metrics. */
import { withSummary } from "../adapters/notebook/cell_summary.ts";
import { BAR_MS, type Coin } from "../core/universe.ts";
import { type AccountSeries, barReturns, seriesOfSimulation } from "../experiments/account_series.ts";
import { strategyMetrics } from "../experiments/metrics.ts";
import type { StrategyMetrics } from "../experiments/result.ts";
import { type BarBookColumn, bookOf } from "../simulation/bar_book.ts";
import { simulate } from "../simulation/event_loop.ts";
import { createLimits, type Limits } from "../simulation/limits.ts";
import type { Mandate } from "../simulation/mandate.ts";
import { createPlan } from "../simulation/plan.ts";
import type { Totals } from "../simulation/report.ts";
import { type Fill, listFills } from "../simulation/trace.ts";
import { backtestLines } from "./cell_lines.ts";
import { requireKeys } from "../core/known_names.ts";
import type { Market } from "./market.ts";
import {
  BACKTEST_KEYS,
  requireAccount,
  requireSayings,
  requireSignalCoins,
  tradedRows,
} from "./request_checks.ts";
import { type RoundTrip, roundTrips } from "./round_trips.ts";
import { type Signals, silentCoins } from "./signals.ts";
import { type BacktestLimits, fillLimits, fillSizing, settledSizing, type Sizing } from "./sizing.ts";
import { writeSignals } from "./write_signals.ts";
import { marketBlock, tradedInstruments } from "./market_block.ts";
import { settledTerms, type TradingTerms } from "./trading_terms.ts";

/** How an account is run, whatever it trades. */
export interface AccountOptions extends TradingTerms {
  /** The bars that are traded. */
  readonly market: Market;
  /** USDT; 10,000 unless given. */
  readonly startingEquity?: number;
  /** First row whose open may be traded, >= 1: decided at the close before. */
  readonly from?: number;
  /** Row after the last traded one. */
  readonly to?: number;
}

/** What is traded, how large, at what cost and within what limits. */
export interface BacktestRequest extends AccountOptions, Signals, Sizing {
  /** What the account must keep to. */
  readonly limits?: BacktestLimits;
}

/** A fill with its coin and time. */
export interface TimedFill extends Omit<Fill, "coin"> {
  /** Its symbol. */
  readonly coin: Coin;
  /** Open time of its bar, ms UTC; with `fill: "close"` that is the instant at which the bar before closed. */
  readonly time: number;
}

/** What a back-test left. */
export interface Backtest {
  /** The bars that are traded. */
  readonly market: Market;
  /** Those that were traded. */
  readonly coins: readonly Coin[];
  /** USDT. */
  readonly startingEquity: number;
  /** Traded rows, from .. to-1. */
  readonly from: number;
  /** Row after the last traded one. */
  readonly to: number;
  /** Open times of the traded rows, ms UTC; shape [to - from], as all that follows. */
  readonly openTime: Float64Array;
  /** USDT at each close; a position is marked. */
  readonly equity: Float64Array;
  /** Simple net returns. */
  readonly returns: Float64Array;
  /** In the order in which they happened, funding among them. */
  readonly fills: readonly TimedFill[];
  /** Closed round trips, in the order in which they ended. */
  readonly trades: readonly RoundTrip[];
  /** The metrics of every result table. */
  readonly metrics: StrategyMetrics;
  /** Counts and amounts over all rows. */
  readonly totals: Totals;
  /** The account's whole accounting, bar by bar. */
  readonly account: AccountSeries;
  /** What a reader must know: coins that no signal trades and that take their share of the size. */
  readonly notes: readonly string[];
}

/**
 * Trades signals in an account: what row t says is decided at its close and filled at the next open (or, with
 * `fill: "close"`, at that close).
 *
 * @throws {RangeError} If signals, sizes or rows do not fit the market: what, where and the rule.
 */
export function backtest(request: BacktestRequest): Backtest {
  requireKeys("Cannot trade as the request", request, BACKTEST_KEYS);
  const terms = settledTerms(request.market, request);
  requireAccount(request);
  requireSignalCoins(request, request.market.coins);
  requireSayings(request);
  const { rows } = request.market;
  const plan = createPlan(rows, terms.coins.length);
  fillSizing(plan, settledSizing(request, tradedInstruments(request.market, terms)));
  writeSignals(plan, terms.coins, request);
  const silent = request.size === undefined ? silentCoins(request, terms.coins, rows) : [];
  return tradeInBlock(
    request,
    { plan, limits: constantLimits(rows, request.limits ?? {}) },
    silentNotes(silent, terms.coins),
  );
}

/** What is said of coins that no signal trades, where the size follows from the number of coins. */
function silentNotes(silent: readonly Coin[], coins: readonly Coin[]): string[] {
  if (silent.length === 0) return [];
  const traded = coins.filter((coin) => !silent.includes(coin));
  return [
    `No signal opens a position in ${
      silent.join(", ")
    }; still a full position is 1/${coins.length} of equity, as ` +
    `${coins.length} coins are traded. Name those that are meant, coins: ${
      JSON.stringify(traded)
    }, or give a size.`,
  ];
}

/** The same limits at each of `rows` rows. */
export function constantLimits(rows: number, given: BacktestLimits): Limits {
  const limits = createLimits(rows);
  fillLimits(limits, given);
  return limits;
}

/** Trades a plan under limits, such as a pipeline's, in an account of its own. */
export function tradeInBlock(
  options: AccountOptions,
  { plan, limits }: Mandate,
  notes: readonly string[] = [],
): Backtest {
  const { market, startingEquity = 10_000 } = options;
  const terms = settledTerms(market, options);
  const { from, to } = tradedRows(market, options);
  const further = terms.fill === "close" ? 1 : 0;
  const block = marketBlock(market, terms, further === 1 ? to : market.rows);
  const run = simulate(block, plan, limits, {
    startingEquity,
    from,
    to: to + further,
    record: "full",
    trace: true,
  });
  const whole = seriesOfSimulation(run, block);
  const account = further === 1 ? withLastFolded(whole) : whole;
  const { openTime } = market.panel;
  const fills = listFills(run.trace!);
  const done: Backtest = {
    market,
    coins: terms.coins,
    startingEquity,
    from,
    to,
    openTime: openTime.slice(from, to),
    equity: account.equity,
    returns: barReturns(account, "net"),
    fills: fills.map((fill) => ({
      ...fill,
      coin: terms.coins[fill.coin]!,
      time: openTime[0]! + fill.row * BAR_MS,
    })),
    trades: roundTrips(account.ledger!, terms.coins),
    metrics: strategyMetrics(account),
    totals: run.totals,
    account,
    notes,
  };
  return withSummary(done, backtestLines);
}

/** Columns of a book that say how things stand at a close; the others add up. */
const STANDING: readonly BarBookColumn[] = [
  "equity",
  "grossExposure",
  "margin",
  "wanted",
  "halved",
  "drawdownFactor",
  "volatilityCap",
  "drawdownLimit",
];

/** The last bar's accounting with that of the row after it, in which nothing moves: what was filled at its close. */
function withLastFolded(series: AccountSeries): AccountSeries {
  const last = series.equity.length - 1;
  const book = bookOf((name) => {
    const folded = series[name].slice(0, last);
    folded[last - 1] = series[name][last]! + (STANDING.includes(name) ? 0 : folded[last - 1]!);
    return folded;
  });
  const { ledger } = series;
  const coinProfit = ledger?.coinProfit.map((profit) => {
    const folded = profit.slice(0, last);
    folded[last - 1]! += profit[last]!;
    return folded;
  });
  return { ...series, ...book, ledger: ledger && { ...ledger, coinProfit: coinProfit! } };
}
