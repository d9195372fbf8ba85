import { createMemo, type Memo } from "../core/memo.ts";
import { ewmaVolatility, logarithm, simpleReturns } from "../core/series.ts";
import { type CatalogueName, columnBars, computeColumn } from "../features/catalogue.ts";
import { SIGNAL_NAMES, type SignalName, standardisedSignals } from "../features/signals/signals.ts";
import { type Panel, slicePanel } from "../market/panel.ts";

/**
 * A market as agents look at it: a panel and the memo of series computed from its rows. Every series is a
 * pure function of rows; the memo only saves doing it twice, so two views of one panel show the same.
 */
export interface MarketView {
  /** The bars. */
  readonly panel: Panel;
  /** Keeps series that were computed. */
  readonly memo: Memo;
  /** False where the eight cross-asset signals are left out: agents then read 0. Views that differ share no memo. */
  readonly signals: boolean;
  /** The view whose first rows these are; its series begin with theirs, as value t reads rows <= t. Null for any other. */
  readonly whole: MarketView | null;
}

/** A view of a panel, sharing `memo` with other views where one is given. */
export function viewMarket(
  panel: Panel,
  memo: Memo = createMemo(256 * 2 ** 20),
  signals = true,
): MarketView {
  return { panel, memo, signals, whole: null };
}

/** The view of rows from..to-1; absolute row numbers are kept. */
export function sliceView(market: MarketView, from: number, to: number): MarketView {
  return { ...market, panel: slicePanel(market.panel, from, to), whole: null };
}

/** The view of the first `rows` rows, which takes its columns from the whole one. */
export function firstRows(market: MarketView, rows: number): MarketView {
  if (rows === market.panel.rows) return market;
  return { ...market, panel: slicePanel(market.panel, 0, rows), whole: market.whole ?? market };
}

const seriesBytes = (series: Float64Array) => series.byteLength;

/** A series of one coin under a name of its own, computed once per content address; value t must read rows <= t. */
export function coinSeries(
  market: MarketView,
  coin: number,
  name: string,
  compute: (market: MarketView) => Float64Array,
): Float64Array {
  const { whole, panel } = market;
  if (whole) return coinSeries(whole, coin, name, compute).subarray(0, panel.rows);
  return market.memo.get(market.panel, `${coin}|${name}`, () => compute(market), seriesBytes);
}

/** Simple returns of closes; shape [rows], the first 0. */
export function returnsOf(market: MarketView, coin: number): Float64Array {
  return coinSeries(market, coin, "returns", ({ panel }) => simpleReturns(panel.coins[coin]!.close));
}

/** Natural logarithm of closes; shape [rows]. */
export function logClosesOf(market: MarketView, coin: number): Float64Array {
  return coinSeries(market, coin, "logClose", ({ panel }) => logarithm(panel.coins[coin]!.close));
}

/** sd of one bar assumed of a coin before anything is known of it, and the least that is believed of any. */
const USUAL_SD = 0.015;
const SD_FLOOR = 1e-5;

/** Standard deviation of one bar's return by EWMA with the given decay; shape [rows], > 0. */
export function volatilityOf(market: MarketView, coin: number, decay = 0.97): Float64Array {
  return coinSeries(
    market,
    coin,
    `sd|${decay}`,
    (whole) => ewmaVolatility(returnsOf(whole, coin), decay, SD_FLOOR, USUAL_SD),
  );
}

/** A column of the feature catalogue for one coin; NaN while warming up, and throughout where what it reads is missing. */
export function columnOf(
  market: MarketView,
  coin: number,
  name: CatalogueName,
  params: readonly number[],
): Float64Array {
  return coinSeries(
    market,
    coin,
    `${name}|${params.join(",")}`,
    ({ panel }) => computeColumn(columnBars(panel, coin), { name, params }, panel.missing),
  );
}

/** One of the eight cross-asset signals as a causal z-score; shape [rows], 0 while warming up and where it is absent. */
export function signalOf(market: MarketView, name: SignalName): Float64Array {
  if (!market.signals) return new Float64Array(market.panel.rows);
  if (market.whole) return signalOf(market.whole, name).subarray(0, market.panel.rows);
  const all = market.memo.get(
    market.panel,
    "signals",
    () => standardisedSignals(market.panel),
    () => SIGNAL_NAMES.length * market.panel.rows * 8,
  );
  return all[name];
}
